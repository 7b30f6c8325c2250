"""`dataclass` as the standard library has it, its methods written when a class is first used.

A short program uses few of its classes, and writing the methods of all takes a fifth of its start. Fields are worked
out when somebody asks for them, and `__init__` is written for the first instance; the other methods are the same for
all. An instance holds its values in its `__dict__`. Safe between threads: each waits until a class is whole.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - as itself, so that types see it
else:
    import dataclasses
    from functools import cache
    from operator import attrgetter
    from reprlib import recursive_repr
    from threading import RLock

    _MAKING = RLock()

    def dataclass(cls: Any = None, /, *, frozen: bool = False, eq: bool = True, kw_only: bool = False) -> Any:
        """The same as `dataclasses.dataclass`, later."""
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, eq=eq, kw_only=kw_only)
        own = set(vars(cls))

        methods = [_first(cls), *_SHOWN, *(_EQUAL if eq else ()), *(_FROZEN if frozen else ())]
        for method in methods:
            if method.__name__ not in own:
                setattr(cls, method.__name__, method)
        if eq and not frozen:
            cls.__hash__ = None
        cls.__dataclass_fields__ = _Fields(cls, kw_only)
        cls.__signature__ = _Signed()
        return cls

    class _Signed:
        """Stands for what a class takes until somebody asks."""

        def __get__(self, instance: object, owner: type) -> Any:
            import inspect

            found = inspect.signature(_written(owner))
            return found.replace(parameters=list(found.parameters.values())[1:])

    class _Fields:
        """Stands for the fields of a class until somebody asks."""

        def __init__(self, cls: Any, kw_only: bool) -> None:
            self.cls, self.kw_only = cls, kw_only

        def __get__(self, instance: object, owner: type) -> Any:
            with _MAKING:
                if vars(self.cls)["__dataclass_fields__"] is self:
                    dataclasses.dataclass(self.cls, init=False, repr=False, eq=False, kw_only=self.kw_only)
            return owner.__dataclass_fields__

    def _first(cls: Any) -> Any:
        def __init__(self: Any, /, *args: Any, **named: Any) -> None:  # noqa: N807
            with _MAKING:
                if cls.__init__ is __init__:
                    cls.__init__ = _written(cls)
            cls.__init__(self, *args, **named)

        return __init__

    def _written(cls: Any) -> Any:
        """The `__init__` of a class."""
        given, told, lines, values = [], [], ["_held_ = _it_.__dict__"], {"_MISSING": dataclasses.MISSING}
        for field in dataclasses.fields(cls):
            name, value = field.name, field.name
            values[f"_{name}"] = (
                field.default if field.default_factory is dataclasses.MISSING else field.default_factory
            )
            if field.default_factory is not dataclasses.MISSING:
                value = f"_{name}() if {name} is _MISSING else {name}" if field.init else f"_{name}()"
                default = "=_MISSING"
            else:
                default = "" if field.default is dataclasses.MISSING else f"=_{name}"
            if field.init:
                (told if field.kw_only else given).append(name + default)
            if field.init or "(" in value:
                lines.append(f"_held_[{name!r}] = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("_it_.__post_init__()")
        head = ", ".join(["_it_", "/", *given, *(["*", *told] if told else [])])
        exec(f"def __init__({head}):\n " + "\n ".join(lines), values)
        values["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
        return values["__init__"]

    @cache
    def _compared(cls: Any) -> Any:
        names = [field.name for field in dataclasses.fields(cls) if field.compare]
        return attrgetter(*names) if len(names) > 1 else lambda it: tuple([getattr(it, name) for name in names])

    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807
        shown = [f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr]
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        values = _compared(self.__class__)
        return values(self) == values(other)

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(_compared(self.__class__)(self))

    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    _SHOWN, _EQUAL, _FROZEN = (__repr__,), (__eq__, __hash__), (__setattr__, __delattr__)
