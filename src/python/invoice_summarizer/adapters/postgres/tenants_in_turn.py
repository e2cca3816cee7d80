"""Which operations are next: those of tenants in turn, so that the many of one do not make another wait."""

from sqlalchemy import TextualSelect, column, text

TENANTS_EACH = 64  # at which one claim looks

# The next few tenants behind `after` that have operations to claim, and behind the last of all the first again; the
# recursion ends where a tenant comes that was there before. So a claim costs the same, however many tenants wait.
_WAITING = """
    WITH RECURSIVE every_tenant (tenant) AS (
        SELECT coalesce(
            (
                SELECT tenant FROM operations
                WHERE claimable_at IS NOT NULL AND tenant > :after ORDER BY tenant LIMIT 1
            ),
            (SELECT tenant FROM operations WHERE claimable_at IS NOT NULL ORDER BY tenant LIMIT 1)
        )
        UNION
        SELECT coalesce(
            (
                SELECT operations.tenant FROM operations
                WHERE claimable_at IS NOT NULL AND operations.tenant > every_tenant.tenant
                ORDER BY operations.tenant LIMIT 1
            ),
            (SELECT tenant FROM operations WHERE claimable_at IS NOT NULL ORDER BY tenant LIMIT 1)
        )
        FROM every_tenant WHERE every_tenant.tenant IS NOT NULL
    ),
    waiting AS (SELECT tenant FROM every_tenant WHERE tenant IS NOT NULL LIMIT :tenants)
"""

# Those at which a claim with the same `after` looks, in the order of the walk.
WAITING: TextualSelect = text(f"{_WAITING} SELECT tenant FROM waiting").columns(column("tenant"))

# Of each of them the oldest few, numbered behind those that are under way. A candidate that another worker takes
# meanwhile is left out, and so there are more than are wanted. What is claimable is asked again where the row is
# locked, since it may have been claimed between the two.
IN_TURN: TextualSelect = text(f"""{_WAITING},
    candidates AS (
        SELECT oldest.*, under_way.number + row_number() OVER (
            PARTITION BY oldest.tenant ORDER BY oldest.claimable_at, oldest.id
        ) AS turn
        FROM waiting
        CROSS JOIN LATERAL (
            SELECT count(*) AS number FROM operations
            WHERE operations.tenant = waiting.tenant AND claimable_at > now() AND state = 'running'
                AND kind = ANY (:kinds)
        ) AS under_way
        CROSS JOIN LATERAL (
            SELECT operations.tenant, operations.id, claimable_at FROM operations
            WHERE operations.tenant = waiting.tenant AND claimable_at <= now()
                AND kind = ANY (:kinds) AND attempt < :max_attempts
            ORDER BY claimable_at, id LIMIT :candidates
        ) AS oldest
        ORDER BY turn, claimable_at, id LIMIT :candidates
    )
    SELECT operations.tenant, operations.id
    FROM candidates JOIN operations USING (tenant, id)
    WHERE operations.claimable_at <= now()
    ORDER BY candidates.turn, candidates.claimable_at, operations.id
    LIMIT :wanted
    FOR UPDATE OF operations SKIP LOCKED
    """).columns(column("tenant"), column("id"))
