"""What can go wrong in a case, each with the rule that was broken.

Every error carries a stable `code` (for programs), a Chinese and an English sentence that says what to do, and,
where a statute decides, its `article`. The doors (`web`, the command line) turn them into pages or problem documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class OneCaseError(Exception):
    """Base of everything a person may be told. `status` is the HTTP status a door answers with."""

    status = 400
    code = "bad_request"

    def __init__(self, zh: str, en: str, *, article: str | None = None) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.article = article


class NotFound(OneCaseError):
    """The thing does not exist, or this officer may not know that it does (the two are not told apart)."""

    status = 404
    code = "not_found"

    def __init__(self, zh: str = "没有找到，或不在您的权限范围内。", en: str = "Not found, or not within your access.") -> None:
        super().__init__(zh, en)


class NotAllowed(OneCaseError):
    """The officer may see the thing but not do this with it."""

    status = 403
    code = "not_allowed"


class OwnWork(NotAllowed):
    """Nobody reviews their own work (design §6)."""

    code = "own_work"


class NotSignedIn(OneCaseError):
    """No valid session or token."""

    status = 401
    code = "not_signed_in"

    def __init__(self, zh: str = "请先登录。", en: str = "Please sign in.") -> None:
        super().__init__(zh, en)


class LockedOut(OneCaseError):
    """Too many failed sign-ins."""

    status = 429
    code = "locked_out"


class GateClosed(OneCaseError):
    """The law forbids this step in the state that the case is in (design §6)."""

    status = 409
    code = "gate_closed"


class Stale(OneCaseError):
    """Somebody else was quicker; the person must look again."""

    status = 409
    code = "stale"


class ChangedElsewhere(OneCaseError):
    """Somebody else saved the same file meanwhile. `theirs` is that file as it stands now, to be shown beside one's own."""

    status = 409
    code = "changed_elsewhere"

    def __init__(self, theirs: object) -> None:
        super().__init__("同事在此期间已保存该文件，您的修改未保存。", "A colleague saved this file meanwhile; your change was not saved.")
        self.theirs = theirs


class IdempotencyMismatch(OneCaseError):
    """The same Idempotency-Key came with another request."""

    status = 409
    code = "idempotency_mismatch"


class WrongAnswers(OneCaseError):
    """A form was not filled in correctly. `fields` maps a field's key to (Chinese, English) sentences."""

    status = 422
    code = "wrong_answers"

    def __init__(self, fields: Mapping[str, tuple[str, str]]) -> None:
        super().__init__("有填写项需要更正，已填内容均已保留。", "Some answers need correcting; nothing typed was lost.")
        self.fields = dict(fields)


class DiagramRefused(OneCaseError):
    """A diagram may not be published. `findings` are `workflows.contracts.Finding`."""

    status = 422
    code = "diagram_refused"

    def __init__(self, findings: Sequence[object]) -> None:
        super().__init__("流程图未通过检查，未保存任何内容。", "The diagram did not pass the check; nothing was stored.")
        self.findings = tuple(findings)


class HandlerFailed(OneCaseError):
    """A service of the diagram failed; the case stays where it was and the step may be repeated."""

    status = 503
    code = "handler_failed"


class Unavailable(OneCaseError):
    """The database cannot do it now. `retry_after` is in seconds."""

    status = 503
    code = "unavailable"
    retry_after = 5

    def __init__(self, zh: str, en: str, *, again: bool) -> None:
        """`again`: nothing was done, and the same work may well succeed at once."""
        super().__init__(zh, en)
        self.again = again


class DatabaseAway(Unavailable):
    """The database cannot be reached, or broke off before the commit."""

    code = "database_away"

    def __init__(self, *, again: bool) -> None:
        super().__init__(
            "数据库暂时连接不上，本次操作未办理，请稍后重试。",
            "The database cannot be reached for the moment; nothing was done. Try again in a moment.",
            again=again,
        )


class DatabaseBusy(Unavailable):
    """Others hold what is needed, for longer than we wait."""

    code = "database_busy"
    retry_after = 2

    def __init__(self, *, again: bool) -> None:
        super().__init__(
            "系统繁忙，本次操作未办理，请稍后重试。", "The system is busy; nothing was done. Try again in a moment.", again=again
        )


class OutcomeUnknown(Unavailable):
    """The connection ended between the commit and its answer."""

    code = "outcome_unknown"

    def __init__(self) -> None:
        super().__init__(
            "与数据库的连接在保存时中断，无法确定是否已经办理。请先查看现状；任务可以放心再次提交，不会重复办理。",
            "The connection to the database ended while saving, so it is not known whether this was done. Look first; "
            "a task may safely be submitted again, it is never done twice.",
            again=False,
        )


class DataDamaged(OneCaseError):
    """Stored data cannot be read (a codec version that this release does not know, a broken blob)."""

    status = 500
    code = "data_damaged"
