"""Everything with I/O or state: fetching, the archive, tables, changes, the command."""
