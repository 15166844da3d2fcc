"""The tables in the forms that people open: a database, a workbook, and what catalogues read of them.

Each module makes one thing: ``database`` and ``workbook`` take the rows as they pass; ``datasette``,
``catalog`` and ``schema_org`` are pure functions of :class:`~pipeline.publish.about.About` and of sizes and
digests; ``copies`` and ``described`` put them beside the tables. Nothing here knows a clock.
"""
