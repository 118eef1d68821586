"""What a person or a program is told when something is refused or goes wrong.

A page says what happened, which article decides, and what to do next; a program gets `application/problem+json` with a
stable `code`. An error that nobody foresaw is logged under a reference number, and only the number is shown.
"""

from __future__ import annotations

import secrets
from types import ModuleType
from typing import Any

import structlog
from apiflask import APIFlask
from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from web.current_officer import asks_api
from web.language import ENGLISH, language
from web.titles import TITLES
from workflows.errors import NotSignedIn, OneCaseError, Unavailable, WrongAnswers

log = structlog.get_logger(__name__)

SENTENCES = {
    400: ("页面已过期或提交内容不完整，请返回刷新后再试。", "The page has expired or is incomplete; go back, reload and try again."),
    404: ("地址不存在，或内容不在您的权限范围内。", "There is no such page, or it is not within your access."),
    405: ("请从页面上的按钮进入。", "Please use the buttons of the page."),
    413: ("请压缩或分次上传。", "Upload a smaller file."),
    429: ("请稍等一分钟再试。", "Wait a minute and try again."),
    500: ("系统出现意外，您的已保存内容不受影响。", "Something unexpected happened; what was saved is not affected."),
}
FALLBACK = 400


def register(app: APIFlask) -> None:
    """Answer every error of a verb, of the web and of the unknown."""
    app.register_error_handler(OneCaseError, answer)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def answer(error: OneCaseError) -> AnyResponse:
    """A verb refused: a page or a problem document."""
    if asks_api():
        return problem(error)
    if isinstance(error, NotSignedIn):
        return to_sign_in()
    if isinstance(error, Unavailable):
        return _unavailable(error)
    return page(error.status, explain(error), article=error.article, findings=getattr(error, "findings", ()))


def problem(error: OneCaseError) -> Response:
    """The problem document of a refused verb."""
    answered: Response = _problems().refused(error)
    return answered


def page(status: int, words: str, *, article: str | None = None, reference: str | None = None, findings: Any = ()) -> Response:
    """The page that tells a person."""
    html = render_template(
        "errors/refused.html",
        status=status,
        title=_pick(TITLES, status),
        words=words,
        article=article,
        reference=reference,
        findings=findings,
    )
    return make_response(html, status)


def sentence(error: OneCaseError) -> str:
    """The error's sentence in the language of the request."""
    return error.en if language() == ENGLISH else error.zh


def explain(error: OneCaseError) -> str:
    """The error's sentence; for wrong answers what is wrong with each of them, where no form shows it field by field."""
    if not isinstance(error, WrongAnswers) or not error.fields:
        return sentence(error)
    place = 1 if language() == ENGLISH else 0
    return " ".join(dict.fromkeys(sentences[place] for sentences in error.fields.values()))


def to_sign_in() -> AnyResponse:
    """To the sign-in page and back here afterwards; htmx must move the whole page, not a part of it."""
    came_from = request.full_path.rstrip("?") if request.method == "GET" else ""
    target = url_for("sign_in.form", next=came_from or None)
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": target})
    return redirect(target)


def _unavailable(error: Unavailable) -> Response:
    g.alone = True  # who is signed in and the numbers around the page stand in the database that does not answer
    answered = page(error.status, explain(error))
    answered.headers["Retry-After"] = str(error.retry_after)
    return answered


def _csrf(error: CSRFError) -> AnyResponse:
    return _strayed(error) if asks_api() else page(400, _pick(SENTENCES, 400))


def _http(error: HTTPException) -> AnyResponse:
    if error.code is not None and error.code < FALLBACK:  # a redirect
        return error.get_response()
    status = error.code or 500
    if asks_api():
        return _strayed(error)
    return page(status, _pick(SENTENCES, status) if status in SENTENCES else (error.description or error.name))


def _unforeseen(error: Exception) -> AnyResponse:
    if asks_api():
        hidden: Response = _problems().unforeseen(error)
        return hidden
    reference = secrets.token_hex(4)
    log.error("unforeseen error", reference=reference, path=request.path, exc_info=error)
    return page(500, _pick(SENTENCES, 500), reference=reference)


def _strayed(error: HTTPException) -> Response:
    answered: Response = _problems().strayed(error)
    return answered


def _problems() -> ModuleType:
    from web.api import problems  # noqa: PLC0415  it takes its titles from here

    return problems


def _pick(table: dict[int, tuple[str, str]], status: int) -> str:
    zh, en = table.get(status, table[FALLBACK])
    return en if language() == ENGLISH else zh
