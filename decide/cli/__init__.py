"""The command line: a thin face over the library, in which a command is read only when it is used.

- `main`: the table of commands, and what becomes of errors; it loads neither numpy nor pydantic.
- `options`: options that commands share, handed over as one `Flags`; `output`: where text goes.
- a module for each command or group.
"""
