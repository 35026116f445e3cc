"""Saves a model of two features with its signature in the format of MLflow, and golden rows of it."""

import csv
import math
import pathlib
import sys

import mlflow.pyfunc
import pandas
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema


class Delay(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        scores = [1 / (1 + math.exp(-(0.02 * d - 0.01 * h))) for d, h in zip(model_input["distance"], model_input["hour"])]
        return pandas.DataFrame({"probability": scores})


root = pathlib.Path(sys.argv[1])
mlflow.pyfunc.save_model(
    root / "model",
    python_model=Delay(),
    signature=ModelSignature(
        inputs=Schema([ColSpec("double", "distance"), ColSpec("double", "hour")]),
        outputs=Schema([ColSpec("double", "probability")]),
    ),
)
rows = [(40.0, 6.0), (95.5, 18.0), (12.0, 23.0)]
with open(root / "golden.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["distance", "hour", "probability"])
    for distance, hour in rows:
        writer.writerow([distance, hour, 1 / (1 + math.exp(-(0.02 * distance - 0.01 * hour)))])
