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


class DataDamaged(OneCaseError):
    """Stored data cannot be read (a codec version that this release does not know, a broken blob)."""

    status = 500
    code = "data_damaged"
