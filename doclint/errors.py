"""What doclint says when it cannot do what was asked."""


class DoclintError(Exception):
    """One sentence for the person at the keyboard, or several; the command line prints each on stderr and exits with 2."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is to be said."""
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return "; ".join(self.sentences)


class UsageError(DoclintError):
    """The command line or an option's value is off."""


class ConfigError(DoclintError):
    """A configuration file, a schema or a rule page is off; the sentence names the file and the place."""


class GitError(DoclintError):
    """Git could not be run, or refused what doclint cannot do without."""
