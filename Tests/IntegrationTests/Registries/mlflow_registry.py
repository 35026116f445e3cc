"""What MLflow's own client writes and reads: `fill` registers two versions, `show` prints what stands there, and
`artifacts` what was uploaded to the first run."""

import json
import math
import sys
import tempfile

import requests
from mlflow import MlflowClient

address, action = sys.argv[1:3]
client = MlflowClient(tracking_uri=address, registry_uri=address)

if action == "fill":
    experiment = client.create_experiment("delay")
    client.create_registered_model("delay")
    runs = []
    for auc in (0.83, 0.85):
        run = client.create_run(experiment)
        client.log_metric(run.info.run_id, "roc_auc", auc)
        client.log_metric(run.info.run_id, "log_loss", 1 - auc)
        client.log_metric(run.info.run_id, "broken", math.nan)
        client.log_metric(run.info.run_id, "endless", math.inf)
        client.create_model_version("delay", f"runs:/{run.info.run_id}/model", run_id=run.info.run_id)
        runs.append(run.info.run_id)
    client.set_registered_model_alias("delay", "champion", "1")
    client.set_registered_model_alias("delay", "challenger", "2")
    reader = {"username": "reader", "password": "reader-secret-1"}
    requests.post(f"{address}/api/2.0/mlflow/users/create", json=reader, auth=("admin", "admin-secret-1")).raise_for_status()
    print(json.dumps(runs))
elif action == "artifacts":
    run = client.get_run(client.get_model_version("delay", "1").run_id)
    found = sorted(file.path for file in client.list_artifacts(run.info.run_id, "cupel"))
    words = [run.data.tags.get("cupel.gate", "None"), *found]
    if found:
        with open(client.download_artifacts(run.info.run_id, found[-1], tempfile.mkdtemp()), "rb") as file:
            report = file.read()
        words += [str(len(report)), report[:5].decode()]
    print(*words)
else:
    version = client.get_model_version_by_alias("delay", "champion")
    run = client.get_run(version.run_id)
    print(version.version, version.tags.get("cupel.verdict"), run.data.tags.get("cupel.verdict"))
