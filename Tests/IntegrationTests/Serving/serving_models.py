"""Writes two models for MLServer: a real classifier of four features, and one whose every answer is NaN."""

import json
import pathlib
import sys

import joblib
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

NAN_MODEL = """
import numpy
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceResponse


class NaNModel(MLModel):
    async def predict(self, payload):
        rows = payload.inputs[0].shape[0]
        output = NumpyCodec.encode_output("p", numpy.full((rows, 1), numpy.nan))
        return InferenceResponse(model_name=self.name, id=payload.id, outputs=[output])
"""


def write(folder: pathlib.Path, settings: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model-settings.json").write_text(json.dumps(settings))


def main() -> None:
    root = pathlib.Path(sys.argv[1])
    features, species = load_iris(return_X_y=True)
    model = LogisticRegression(max_iter=1000).fit(features, species)
    tensor = {"name": "features", "datatype": "FP64", "shape": [-1, 4]}
    write(
        root / "iris",
        {
            "name": "iris",
            "implementation": "mlserver_sklearn.SKLearnModel",
            "parameters": {"uri": "./model.joblib", "version": "v1"},
            "inputs": [tensor],
            "outputs": [{"name": "predict", "datatype": "INT64", "shape": [-1, 1]}],
        },
    )
    joblib.dump(model, root / "iris" / "model.joblib")
    write(root / "nan", {"name": "nan", "implementation": "nan_model.NaNModel", "inputs": [tensor]})
    (root / "nan_model.py").write_text(NAN_MODEL)
    (root / "settings.json").write_text(
        json.dumps({"host": "127.0.0.1", "parallel_workers": 0, "metrics_endpoint": None, "debug": True})
    )


main()
