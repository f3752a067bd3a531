"""The names that SQL, Protocol Buffers, JSON Schema and OpenAPI declare."""

from __future__ import annotations

import pytest

from doclint.repo import descriptions
from doclint.repo.facts import Unknown
from doclint.repo.symbols import symbols

SQL = """\
-- CREATE TABLE no (id int);
/* create table neither (id int); */
CREATE TABLE IF NOT EXISTS readings (id INT, note TEXT DEFAULT 'create table nor_this (');
create or replace view "public"."by day" as select 1;
CREATE TEMP TABLE `scratch` AS SELECT 1;
CREATE TABLE [dbo].[Stations] (id int);
CREATE TYPE state AS ENUM ('open');
CREATE MATERIALIZED VIEW weekly AS SELECT $$ create table also_not (id int) $$;
ALTER TABLE a RENAME TO b;
CREATE FUNCTION f() RETURNS int AS $body$ CREATE TABLE hidden (id int) $body$ LANGUAGE sql;
"""


def test_sql() -> None:
    assert symbols("db/schema.sql", SQL.encode()) == {
        "readings": 3, "by day": 4, "public.by day": 4, "scratch": 5, "Stations": 6, "dbo.Stations": 6, "state": 7, "weekly": 8, "b": 9
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["\\i other.sql", "\\ir other.sql", "source other.sql", "EXECUTE format('create table %I', a)", "{{ ref('a') }}"]
)
def test_sql_that_takes_in_more(text: str) -> None:
    assert symbols("a.sql", f"create table a (b int);\n{text}\n".encode()) == {"a": 1, "*": 2}


def test_proto() -> None:
    text = """\
syntax = "proto3";  // message No {
import "other.proto";
option go_package = "message Nor {";
message Reading {
  enum State { OPEN = 0; }
  message Part { int32 id = 1; }
  oneof value { string text = 1; }
  map<string, Part> parts = 3 [(rule) = { a: 1 }];
}
service Readings { rpc Save (Reading) returns (Reading) {} }
message Last {}
"""
    assert symbols("api/a.proto", text.encode()) == {
        "Reading": 4, "State": 5, "Reading.State": 5, "Part": 6, "Reading.Part": 6, "value": 7, "Reading.value": 7,
        "Readings": 10, "Save": 10, "Readings.Save": 10, "Last": 11,
    }  # fmt: skip
    assert symbols("a.proto", b'import public "b.proto";') == {"*": 1}


def test_json_schema() -> None:
    text = '{\n"title": "Order",\n"type": "object",\n"$defs": {\n"Line": {},\n"Ümlaut": {}},\n"definitions": {"Old": {}}}'
    assert symbols("order.schema.json", text.encode()) == {"Order": 2, "Line": 5, "Ümlaut": 6, "Old": 7}
    assert symbols("a.json", b'{"a": 1}') == Unknown("the file is no JSON Schema, and no description of an interface")
    assert symbols("a.json", b"[" * 100_000) == Unknown("the file does not parse as JSON")
    assert symbols("a.json", b"{") == Unknown("the file does not parse as JSON")


OPENAPI = """\
openapi: 3.1.0
paths:
  /a:
    get: {responses: {"200": {$ref: "#/components/schemas/Order"}}}
components:
  schemas:
    Order: &order
      type: object
      properties: {id: {type: string}}
    "Line": *order
    ? Long
    : [1, {a: b}]
  parameters:
    Page: {}
tail: [{a: 1}, b]
"""


def test_openapi() -> None:
    assert symbols("api.yaml", OPENAPI.encode()) == {"Order": 7, "Line": 10, "Long": 11}
    assert symbols("api.json", b'{"components": {"schemas": {"A": {}}}}') == {"A": 1}


def test_yaml_that_is_none() -> None:
    assert symbols("a.yml", b"a: b") == Unknown("the file is no JSON Schema, and no description of an interface")
    assert symbols("a.yml", b"a: [") == Unknown("the file does not parse as YAML")
    assert symbols("a.yml", b"[" * 5000) == Unknown("the file nests too deeply to be read")
    assert symbols("a.yml", b"- " * 5000) == Unknown("the file nests too deeply to be read")
    assert symbols("a.yml", b"") == Unknown("the file is no JSON Schema, and no description of an interface")
    assert symbols("a.yml", b"a: !!python/object:os.system b\n") == Unknown(
        "the file is no JSON Schema, and no description of an interface"
    )


def test_what_is_not_read() -> None:
    assert symbols("a.sql", b"\xff") == Unknown("the file is not UTF-8")
    assert symbols("a.sql", b" " * (descriptions.LIMIT + 1)) == Unknown("the file is too large to be read")
    assert symbols("a.yml", b" " * (descriptions.LONGEST_YAML + 1)) == Unknown("the file is too large to be read")
