"""Settings from the environment (`ONECASE_*`), read once into a frozen dataclass."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What the installation decides. Durations are in minutes where the name says so."""

    database_url: str
    data_dir: Path
    secret_key: str
    https: bool = False
    demo: bool = False
    idle_minutes: int = 30
    """A browser session ends after this much silence (等保 三级: automatic exit)."""
    absolute_hours: int = 12
    """No sign-in lasts longer, however busy."""
    pool_size: int = 10
    identity_key: str = ""
    """What salts the digests of identity numbers; another key makes the same person another one. '': the secret key."""
    jurisdiction: str = "demo"
    """Whose agencies, rules and settings hold: a file of `bpmn/jurisdictions`."""
    patient: bool = False
    """No limit to how long a statement or a lock takes: for commands that read everything, not for requests."""

    @property
    def identity_salt(self) -> str:
        """The salt of the digests of identity numbers."""
        return self.identity_key or self.secret_key

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read `ONECASE_DATA_DIR` (default `./var`), `ONECASE_DATABASE_URL` (default SQLite there), `ONECASE_SECRET_KEY` …

        Without `ONECASE_SECRET_KEY` a random key is kept in the data directory, readable by its owner only.
        """
        env = os.environ if environment is None else environment
        data_dir = Path(env.get("ONECASE_DATA_DIR", "var")).absolute()
        url = env.get("ONECASE_DATABASE_URL") or f"sqlite:///{data_dir / 'onecase.db'}"
        return cls(
            database_url=url,
            data_dir=data_dir,
            secret_key=env.get("ONECASE_SECRET_KEY") or _kept_key(data_dir),
            https=env.get("ONECASE_HTTPS", "").lower() in {"1", "true", "yes"},
            demo=env.get("ONECASE_DEMO", "").lower() in {"1", "true", "yes"},
            idle_minutes=int(env.get("ONECASE_IDLE_MINUTES", "30")),
            absolute_hours=int(env.get("ONECASE_ABSOLUTE_HOURS", "12")),
            pool_size=int(env.get("ONECASE_POOL_SIZE", "10")),
            identity_key=env.get("ONECASE_IDENTITY_KEY", ""),
            jurisdiction=named_jurisdiction(env),
        )


def named_jurisdiction(environment: Mapping[str, str] | None = None) -> str:
    """The jurisdiction that `ONECASE_JURISDICTION` names, the demonstration's without it."""
    env = os.environ if environment is None else environment
    return env.get("ONECASE_JURISDICTION") or "demo"


def _kept_key(data_dir: Path) -> str:
    place = data_dir / "secret_key"
    if not place.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return place.read_text().strip()
