"""The commented plan that `silplan new NAME` writes."""

from __future__ import annotations

from silhouette_plan.language.texts import spell

_STARTER = """\
# What this plan is for. Run it with `silplan run FILE`; the demo target is `silplan demo --serve`.
plan {name}

# Inputs: set with --set users=50, -Jusers=50 or, for base_url, the environment.
param base_url = "http://localhost:8000/api" env BASE_URL
param users = 10
param password = "any" env PASSWORD secret
param hold = 1m

# What requests leave out.
http {{
  base "${{base_url}}"
  header "Content-Type" "application/json"
  timeout connect 5s response 30s
}}

# What the run is judged by: the exit status is 0 when all lines hold.
slo {{
  p95(time) < 500ms
  rate(failed) < 1%
}}

# Users start over 10 s and repeat the steps until the time is over.
threads "Users" ${{users}} ramp 10s for ${{hold}} {{
  # What scopes stands first: it applies to every step below.
  think 1s..3s

  # Once a user: sign in, and keep the token for the requests that follow.
  once {{
    post "/auth/login" as "Sign in" {{
      json {{ "email": "user@example.com", "password": "${{password}}" }}
      extract token = json('$.data.token')
      assert status == 200 else "sign-in failed"
    }}
  }}

  block "signed in" {{
    header "Authorization" "Bearer ${{token}}"
    get "/workflows?page=1&limit=20" as "List workflows" {{
      check json('$.data') is array
    }}

    # One pass in five, on average.
    chance 20% {{
      post "/workflows" as "Create workflow" {{
        json {{ "name": "Workflow ${{__RandomString(8,abcdef)}}", "triggers": [{{ "type": "manual" }}] }}
        check status == 201
      }}
    }}
  }}
}}
"""


def starter_plan(name: str) -> str:
    """The text of a commented plan called ``name``; it parses and is formatted."""
    return _STARTER.format(name=spell(name))
