"""Messages to those who want to be told: what changed, and what is wrong with a source.

``news`` and ``alarms`` say what there is to tell, ``told`` what was told before; they are pure. A message
is a file of the ``outbox`` before anything is sent; ``sending`` goes through the outbox, ``courier`` is the
process that speaks to the receivers. ``messages`` puts it together for a run.

docs/notifications.md says what a receiver can rely on.
"""
