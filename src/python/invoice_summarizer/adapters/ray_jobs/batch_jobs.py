"""Jobs of batches on a Ray cluster, by Ray's Jobs API over HTTP."""

import json
import shlex
import ssl
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx2
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from invoice_summarizer.ports.batch_jobs import BatchJob, JobState, JobsUnavailable

_PROGRAM = "invoice_batches.job"
_JOBS = "/api/jobs/"
_TRIES = 3
_LONGEST_PAUSE_SECONDS = 1.0
_CONNECT_SECONDS = 2.0
_PIECE_CHARACTERS = 64 * 1024
_TOKEN_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class RayBatchJobs:
    """Each question is asked up to three times where the cluster cannot be reached; an answer takes `answer_seconds` at most.

    The cluster's processes have our packages and settings: a job says only whose batch it is.
    """

    def __init__(
        self,
        url: str,
        token: str = "",
        *,
        program: str = _PROGRAM,
        answer_seconds: float = 30.0,
    ) -> None:
        """`token` is the one that Ray's processes have in RAY_AUTH_TOKEN; empty where they want none.

        `program` is the module that a job runs.
        """
        self._program = program
        self._client = httpx2.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=httpx2.Timeout(answer_seconds, connect=_CONNECT_SECONDS),
            verify=ssl.create_default_context(),
            # Whoever names a proxy for others does not mean to show it the token.
            trust_env=False,
        )
        self._where = httpx2.URL(url).netloc.decode().rpartition("@")[2]

    async def submit(self, job: BatchJob) -> None:
        if await self.state(job) is not None:
            return
        answer = await self._ask("POST", _JOBS, self._submission(job))
        # To Ray, an id that it has already is a fault of its own (500): somebody else may have been quicker.
        if answer.is_error and await self.state(job) is None:
            raise self._unavailable(f"did not take the job (HTTP {answer.status_code})")

    async def state(self, job: BatchJob) -> JobState | None:
        answer = await self._ask("GET", _path(job))
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        status = self._content(answer).get("status")
        if status not in tuple(JobState):
            raise self._not_a_cluster()
        return JobState(status)

    async def stop(self, job: BatchJob) -> None:
        answer = await self._ask("POST", f"{_path(job)}/stop")
        if answer.status_code != HTTPStatus.NOT_FOUND:
            self._content(answer)

    async def logs(self, job: BatchJob) -> AsyncIterator[str]:
        answer = await self._ask("GET", f"{_path(job)}/logs")
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return
        logs = self._content(answer).get("logs")
        if not isinstance(logs, str):
            raise self._not_a_cluster()
        for start in range(0, len(logs), _PIECE_CHARACTERS):
            yield logs[start : start + _PIECE_CHARACTERS]

    async def aclose(self) -> None:
        await self._client.aclose()

    def _submission(self, job: BatchJob) -> Mapping[str, Any]:
        program = ("python", "-m", self._program, "--tenant", job.tenant, "--batch", job.batch_id)
        return {
            "entrypoint": shlex.join(program),
            "submission_id": job.submission_id,
            # What people see in Ray's own lists.
            "metadata": {"tenant": job.tenant, "batch": job.batch_id},
        }

    async def _ask(
        self, method: str, path: str, content: Mapping[str, Any] | None = None
    ) -> httpx2.Response:
        """Returns the answer, whatever it is, but for one that refuses the token."""
        retrying = AsyncRetrying(
            retry=retry_if_exception(_may_pass),
            stop=stop_after_attempt(_TRIES),
            wait=wait_random_exponential(multiplier=0.1, max=_LONGEST_PAUSE_SECONDS),
            reraise=True,
        )
        try:
            answer: httpx2.Response = await retrying(
                self._client.request, method, path, json=content
            )
        except httpx2.HTTPError as error:
            # Its own text may name what was sent.
            raise self._unavailable(f"does not answer ({type(error).__name__})") from None
        if answer.status_code in _TOKEN_REFUSED:
            raise self._unavailable(f"refuses the token (HTTP {answer.status_code})")
        return answer

    def _content(self, answer: httpx2.Response) -> Mapping[str, Any]:
        """Returns what a good answer says. Ray's bad ones bring a traceback, which nobody needs to see."""
        if answer.is_error:
            raise self._unavailable(f"answers with HTTP {answer.status_code}")
        try:
            content = answer.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise self._not_a_cluster() from None
        if not isinstance(content, dict):
            raise self._not_a_cluster()
        return content

    def _not_a_cluster(self) -> JobsUnavailable:
        return self._unavailable("answers, but not as Ray's Jobs API does")

    def _unavailable(self, problem: str) -> JobsUnavailable:
        return JobsUnavailable(f"the Ray cluster at {self._where} {problem}")


def _may_pass(error: BaseException) -> bool:
    """Says whether the same request may be answered a moment later. An answer that took too long has cost its time already."""
    return isinstance(error, httpx2.TransportError) and not isinstance(error, httpx2.ReadTimeout)


def _path(job: BatchJob) -> str:
    return f"{_JOBS}{quote(job.submission_id, safe='')}"
