"""The flow from producers to consumers, against the order of landing and the statuses on the board; ``about`` chooses which."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Finding, Severity, Undecided
from doclint.model.contracts import is_data
from doclint.model.document import Contract, Document, Lifecycle, Party, State, Status, Tense
from doclint.model.lexicon import fold
from doclint.repo.facts import Unknown

Key = int | str


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield what is wrong with the flow in the way that ``about`` names."""
    if document.lifecycle is Lifecycle.LIVING and document.contracts:
        yield from _WAYS[option(options, "about", str)](document, facts)


def _contracts(document: Document) -> list[Contract]:
    return [contract for contract in document.contracts if document.tables[contract.table].tense is Tense.CURRENT]


def _key(party: Party) -> Key:
    """What makes two parties the same: the unit that is meant, else the name."""
    return fold(party.name) if party.unit is None else party.unit


def _state(document: Document, party: Party) -> State:
    return State.UNKNOWN if party.unit is None else document.units[party.unit].state


# --- the order of landing ---------------------------------------------------------------------------------------------


def _order(document: Document, facts: Facts) -> Iterator[Finding]:
    """Consumers that land before all producers of what they read, and cycles of data."""
    contracts = _contracts(document)
    ranks = _ranks(document)
    flows = {(_key(one), _key(other)) for contract in contracts for one in contract.producers for other in contract.consumers}
    known: dict[tuple[Key, ...], Party | None] = {}
    for contract in contracts:
        for consumer in contract.consumers:
            parties = (consumer, *contract.producers)
            keys = tuple(map(_key, parties))
            if keys not in known:
                # Where each reads what the other makes, no order could please both: they build against the contract.
                moot = any(_state(document, party) is State.DONE or (keys[0], _key(party)) in flows for party in parties)
                known[keys] = None if moot else _early(keys, ranks)
            step = known[keys]
            if step is not None:
                producer = contract.producers[0]
                yield Finding(
                    consumer.span,
                    f"consumer `{consumer.name}` lands before its producer `{producer.name}`",
                    (
                        proof.place(document, f"`{step.name}` lands here, and `{producer.name}` later", step.span),
                        proof.place(document, f"`{producer.name}` produces it", producer.span),
                    ),
                )
    yield from _cycles(document, contracts)


Ranks = Mapping[Key, Mapping[int, tuple[int, Party]]]


def _ranks(document: Document) -> Ranks:
    """For each party its stage in each order, by the order's number; one that an order names twice has none in it."""
    found: dict[Key, dict[int, tuple[int, Party]]] = {}
    for number, order in enumerate(document.orders):
        if order.tense is not Tense.CURRENT:
            continue
        stages: dict[Key, list[tuple[int, Party]]] = {}
        for rank, stage in enumerate(order.stages):
            for party in stage:
                stages.setdefault(_key(party), []).append((rank, party))
        for key, places in stages.items():
            if len(places) == 1:
                found.setdefault(key, {})[number] = places[0]
    return found


def _early(keys: Sequence[Key], ranks: Ranks) -> Party | None:
    """Where an order has the first of ``keys`` before all the others."""
    consumer, *producers = keys
    if not producers or len(set(keys)) != len(keys):
        return None
    for number, (rank, step) in ranks.get(consumer, {}).items():
        places = [ranks.get(producer, {}).get(number) for producer in producers]
        if all(place is not None and place[0] > rank for place in places):
            return step
    return None


def _cycles(document: Document, contracts: Sequence[Contract]) -> Iterator[Finding]:
    """Data that goes round: each unit on the way waits for the one before it, and the first for the last."""
    edges: dict[Key, dict[Key, tuple[Party, Party, Contract]]] = {}
    for contract in contracts:
        if contract.artifact is None or contract.artifact.kind != "path" or not is_data(contract.artifact.token):
            continue
        for producer in contract.producers:
            for consumer in contract.consumers:
                if producer.unit is not None and consumer.unit is not None and producer.unit != consumer.unit:
                    edges.setdefault(_key(producer), {}).setdefault(_key(consumer), (producer, consumer, contract))
    told: set[Key] = set()
    for start in _on_cycles(edges):
        if start in told:
            continue
        way = _way_back(edges, start)
        if not way:
            continue
        told.update(_key(producer) for producer, _, _ in way)
        names = " → ".join(f"`{producer.name}`" for producer, _, _ in (*way, way[0]))
        _, _, last = way[-1]
        yield Finding(
            way[-1][1].span,
            f"producers and consumers form a cycle: {names}",
            tuple(
                proof.place(document, f"`{consumer.name}` reads what `{producer.name}` makes", contract.span)
                for producer, consumer, contract in way
                if contract is not last
            ),
        )


def _on_cycles(edges: Mapping[Key, Mapping[Key, object]]) -> list[Key]:
    """The nodes that are left once all that nothing leads to, or that leads to nothing, is taken away."""
    left = dict.fromkeys(edges)
    into: dict[Key, set[Key]] = {}
    for node, others in edges.items():
        for other in others:
            into.setdefault(other, set()).add(node)
    out = {node: set(others) for node, others in edges.items()}
    idle = deque(node for node in {**out, **into} if not out.get(node) or not into.get(node))
    gone: set[Key] = set()
    while idle:
        node = idle.popleft()
        if node in gone:
            continue
        gone.add(node)
        left.pop(node, None)
        for other in out.get(node, ()):
            into[other].discard(node)
            if not into[other]:
                idle.append(other)
        for other in into.get(node, ()):
            out[other].discard(node)
            if not out[other]:
                idle.append(other)
    return list(left)


def _way_back(edges: Mapping[Key, Mapping[Key, tuple[Party, Party, Contract]]], start: Key) -> list[tuple[Party, Party, Contract]]:
    """The shortest way from ``start`` back to it, edge by edge; none where it only lies between two cycles."""
    came: dict[Key, Key] = {}
    pending = deque((start,))
    while pending:
        node = pending.popleft()
        for other in edges.get(node, ()):
            if other == start:
                way = [edges[node][other]]
                while node != start:
                    way.append(edges[came[node]][node])
                    node = came[node]
                return way[::-1]
            if other not in came:
                came[other] = node
                pending.append(other)
    return []


# --- statuses ---------------------------------------------------------------------------------------------------------


def _statuses(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Consumers that are done before their producers have begun, and artifacts of done producers that never were."""
    tracked = _Tracked(document, facts)
    for contract in _contracts(document):
        producers = [_plain(document, party) for party in contract.producers]
        if producers and all(state is not None and state.state is State.NOT_STARTED for state in producers):
            for consumer in contract.consumers:
                done = _plain(document, consumer)
                if done is not None and done.state is State.DONE:
                    yield _ahead(document, contract, consumer, done, producers[0])
        elif producers and all(state is not None and state.state is State.DONE for state in producers):
            yield from tracked.missing(contract, producers[0])


def _plain(document: Document, party: Party) -> Status | None:
    """The party's status where the document gives it one, and in words that leave nothing open."""
    statement = None if party.unit is None else document.units[party.unit].statement
    status = statement.status if statement is not None else None
    return None if status is None or status.partial or status.deferred or status.weak else status


def _ahead(document: Document, contract: Contract, consumer: Party, done: Status, before: Status | None) -> Finding:
    producer = contract.producers[0]
    what = f"`{contract.artifact.token}`" if contract.artifact is not None else "what it reads"
    assert before is not None
    return Finding(
        consumer.span,
        f"`{consumer.name}` is done, but `{producer.name}`, which is to produce {what}, has not started",
        (
            proof.place(document, f"`{producer.name}` is `{document.source.slice(before.word)}`", before.span),
            proof.place(document, f"`{consumer.name}` is `{document.source.slice(done.word)}`", done.span),
        ),
    )


class _Tracked:
    """Which artifacts the repository holds, or held."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document, self._facts = document, facts
        self._paths = facts.repo.paths()

    def missing(self, contract: Contract, done: Status | None) -> Iterator[Finding | Undecided]:
        """The artifact of a producer that is done, if no commit ever held it."""
        artifact = contract.artifact
        if artifact is None or artifact.kind != "path" or "/" not in artifact.token or done is None or artifact.arrow:
            return
        if isinstance(self._paths, Unknown):
            yield Undecided(artifact.span, self._paths.reason)
            return
        if self._paths.resolve(artifact.token, self._document.source.path).how != "none":
            return
        ignored = self._facts.repo.ignored(artifact.token)
        if ignored is not False:
            if isinstance(ignored, Unknown):
                yield Undecided(artifact.span, ignored.reason)
            return
        history = self._facts.repo.history(artifact.token)
        if isinstance(history, Unknown) or history.existed or history.uncommitted:
            if isinstance(history, Unknown):
                yield Undecided(artifact.span, history.reason)
            return
        directory = artifact.token.rpartition("/")[0]
        if not self._paths.is_directory(directory):
            yield Undecided(artifact.span, f"nothing of `{directory}/` is in this tree")
            return
        producer = contract.producers[0]
        yield Finding(
            artifact.span,
            f"`{producer.name}` is done, but `{artifact.token}`, which it is to produce, was never committed",
            (proof.place(self._document, f"`{producer.name}` is `{self._document.source.slice(done.word)}`", done.span),),
            label="in no commit, and not ignored",
            # That the neighbours are kept in Git proves that this one should be.
            demoted=None if directory in self._kept else Severity.WARNING,
        )

    @cached_property
    def _kept(self) -> frozenset[str]:
        """The directories that hold an artifact of another contract."""
        assert not isinstance(self._paths, Unknown)
        tokens = [contract.artifact.token for contract in self._document.contracts if contract.artifact is not None]
        return frozenset(token.rpartition("/")[0] for token in tokens if token in self._paths)


_WAYS: Mapping[str, Callable[[Document, Facts], Iterator[Finding | Undecided]]] = {"order": _order, "statuses": _statuses}
