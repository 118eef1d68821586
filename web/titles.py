"""What an answer's status is called, on pages and in problem documents: Chinese, English."""

from __future__ import annotations

TITLES = {
    400: ("请求有误", "The request is not right"),
    401: ("请先登录", "Please sign in"),
    403: ("不能这样办", "Not allowed"),
    404: ("没有找到", "Not found"),
    405: ("不支持这种操作", "Not supported"),
    409: ("现在不能这样办", "Not possible now"),
    413: ("文件过大", "The file is too large"),
    415: ("格式不支持", "The format is not supported"),
    422: ("需要更正", "Needs correcting"),
    429: ("操作过于频繁", "Too many attempts"),
    500: ("系统出错", "Something went wrong"),
    503: ("暂时不可用", "Not available for the moment"),
}
