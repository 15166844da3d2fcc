"""raw/ and output/ that lie elsewhere: worked on through a copy on this machine, then sent back.

``store`` is the only module that talks to the other side (through fsspec), ``mirror`` keeps the copy,
``lease`` keeps other machines out meanwhile, ``reading`` opens single files where they lie.
"""
