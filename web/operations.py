"""For the machines that watch this one: is it alive, can it work, how much does it do."""

from __future__ import annotations

import ipaddress
import time

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

from web.audience import audience
from web.current_desk import current_desk

screen = Blueprint("operations", __name__)

EXTENSION = "onecase_metrics"


def register(app: Flask) -> None:
    """Count and time every request, by endpoint; each application has its own registry."""
    registry = CollectorRegistry()
    counted = Counter("onecase_requests", "Requests answered", ("endpoint", "status"), registry=registry)
    timed = Histogram("onecase_request_seconds", "Time to answer a request", ("endpoint",), registry=registry)
    app.extensions[EXTENSION] = registry

    @app.before_request
    def _begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        counted.labels(endpoint, response.status_code).inc()
        timed.labels(endpoint).observe(time.perf_counter() - g.get("began", time.perf_counter()))
        return response


@screen.get("/healthz")
@audience("public")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@screen.get("/readyz")
@audience("public")
def ready() -> tuple[Response, int]:
    """The database answers; a load balancer sends work only then."""
    try:
        current_desk().database.ask()
    except Exception:  # noqa: BLE001  whatever is wrong with the database, the answer is the same
        return jsonify(status="unavailable"), 503
    return jsonify(status="ready"), 200


@screen.get("/metrics")
@audience("public")
def metrics() -> Response:
    """Prometheus figures, for the machine itself and its private network only."""
    if not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_private:  # noqa: S104  unknown counts as outside
        abort(404)
    return Response(generate_latest(current_app.extensions[EXTENSION]), content_type=CONTENT_TYPE_LATEST)
