-- The tables that the workflow platform's own test scripts expect, and enough rows to be worth querying.
-- Running it again changes nothing.
CREATE TABLE IF NOT EXISTS users (
    id serial PRIMARY KEY,
    email text UNIQUE NOT NULL,
    password text NOT NULL,
    name text NOT NULL,
    preferences jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS workflows (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    status text NOT NULL DEFAULT 'active',
    triggers jsonb NOT NULL DEFAULT '[]',
    actions jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS workflow_executions (
    id serial PRIMARY KEY,
    workflow_id integer NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
    status text NOT NULL DEFAULT 'running',
    trigger text NOT NULL DEFAULT 'manual',
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);

CREATE TABLE IF NOT EXISTS analytics_events (
    id serial PRIMARY KEY,
    event_type text NOT NULL,
    user_id integer REFERENCES users (id),
    payload jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS test_load (
    id serial PRIMARY KEY,
    test_id integer,
    data text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS workflows_by_time ON workflows (created_at);
CREATE INDEX IF NOT EXISTS workflows_by_user ON workflows (user_id);
CREATE INDEX IF NOT EXISTS executions_by_workflow ON workflow_executions (workflow_id);
CREATE INDEX IF NOT EXISTS events_by_user ON analytics_events (user_id);

INSERT INTO users (email, password, name, created_at)
SELECT 'loadtest-user-' || n || '@silhouette-workflow.com', 'LoadTest123!', 'Load Test User ' || n,
       now() - (n % 60) * interval '1 day'
FROM generate_series(0, 199) n
WHERE NOT EXISTS (SELECT FROM users);

INSERT INTO workflows (user_id, name, description, status, triggers, actions, created_at, updated_at)
SELECT (SELECT min(id) FROM users) + n % 200,
       (ARRAY['Invoice automation', 'User onboarding workflow', 'Analytics report', 'Dashboard refresh'])[1 + n % 4]
           || ' ' || n,
       'Seeded workflow ' || n,
       CASE n % 5 WHEN 0 THEN 'draft' ELSE 'active' END,
       '[{"type": "manual"}]', '[{"type": "api_call", "config": {"method": "GET"}}]',
       now() - (n % 45) * interval '1 day', now() - (n % 45) * interval '1 day' + (n % 90) * interval '1 minute'
FROM generate_series(1, 1000) n
WHERE NOT EXISTS (SELECT FROM workflows);

INSERT INTO workflow_executions (workflow_id, status, trigger, created_at, finished_at)
SELECT w.id, CASE n % 20 WHEN 0 THEN 'failed' ELSE 'completed' END, 'manual',
       now() - n * interval '7 minutes', now() - n * interval '7 minutes' + (n % 30) * interval '1 second'
FROM generate_series(1, 5000) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM workflows) w ON w.place = 1 + n % 1000
WHERE NOT EXISTS (SELECT FROM workflow_executions);

INSERT INTO analytics_events (event_type, user_id, payload, created_at)
SELECT (ARRAY['login', 'workflow_created', 'workflow_executed', 'page_view'])[1 + n % 4],
       (SELECT min(id) FROM users) + n % 200, jsonb_build_object('number', n), now() - n * interval '5 minutes'
FROM generate_series(1, 2000) n
WHERE NOT EXISTS (SELECT FROM analytics_events);

ANALYZE;
