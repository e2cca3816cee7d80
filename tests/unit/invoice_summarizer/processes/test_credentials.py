"""A server whose tokens cannot be read is not ready, and says which file that is."""

from pathlib import Path

from invoice_summarizer.processes.credentials import looking_at, token_verifier


async def test_problem_is_that_of_the_tokens_or_else_of_the_database(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    path.write_text('{"tokens": []}')
    says = "the database does not answer"

    async def database_problem() -> str:
        return says

    problem = looking_at(token_verifier(path), database_problem)
    assert await problem() == says
    path.write_text("{")
    assert await problem() == f"{path} is no list of tokens: it is no JSON"
    path.write_text('{"tokens": [ ]}')
    says = ""
    assert await problem() == ""
