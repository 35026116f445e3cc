"""A service of one model for BentoML: a score for each row of a list, and an error where there is none."""

import bentoml
import numpy


@bentoml.service(workers=1)
class Delay:
    @bentoml.api
    def predict(self, input_data: list[list[float]]) -> list[float]:
        rows = numpy.array(input_data, dtype=float)
        return (1 / (1 + numpy.exp(-(rows @ numpy.array([0.02, -0.01]))))).tolist()
