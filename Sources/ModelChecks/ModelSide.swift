package import Baselines
package import Language
internal import Verdict

/// One side of a comparison as the config declares it: metrics that somebody computed, or the predictions themselves.
package struct ModelSide: Sendable {
  package var metrics: Located<BaselineReference>?
  package var predictions: Located<String>?
  /// What differs from the model's columns.
  package var columns = PredictionColumns()
  /// What becomes of a baseline that is not there.
  package var whenMissing = WhenMissing.error

  package init() {}

  /// Whether it is judged by predictions: its own file, or other columns of the candidate's.
  var hasPredictions: Bool { predictions != nil || !columns.named.isEmpty }

  static var candidate: Shape<ModelSide> {
    let metrics = Shape<String>.string.map { path, node, problems -> Located<BaselineReference>? in
      guard path.isEmpty else { return Located(.file(path), at: node.location) }
      problems.report("the path is empty", at: node.location, help: ["name the candidate's metrics file"])
      return nil
    }
    return shape(
      .optional("metrics", \.metrics, metrics, "The candidate's metrics: a JSON, YAML or CSV file."), []
    ) { side, node, problems in
      if side.metrics == nil, side.predictions == nil {
        problems.report(
          "the candidate has neither metrics nor predictions", at: node.location,
          help: ["write metrics: and a metrics file, or predictions: and a table"])
      }
    }
  }

  static var baseline: Shape<ModelSide> {
    let metrics = Shape<String>.string.map { text, node, problems -> Located<BaselineReference>? in
      do throws(BaselineError) {
        return Located(try BaselineReference(text), at: node.location)
      } catch {
        problems.report(error.message(for: text), at: node.location, help: [error.advice])
        return nil
      }
    }
    return shape(
      .optional(
        "metrics", \.metrics, metrics,
        "The baseline's metrics: a file, git:REVISION:PATH, dvc:REVISION:PATH, mlflow:models:/NAME@ALIAS or a URL."),
      [
        .key(
          "when_missing", \.whenMissing, Shape<WhenMissing>.choice,
          "When there is no baseline: error (the default), accept the candidate, or judge absolute bounds only.")
      ]
    ) { side, node, problems in
      if let predictions = side.predictions { reportMistakes(in: predictions, &problems) }
      if side.metrics == nil, !side.hasPredictions {
        problems.report(
          "the baseline has neither metrics nor predictions", at: node.location,
          help: [
            "write metrics: and a metrics file, predictions: and a table, or the column of the candidate's table: score:"
          ])
      }
    }
  }

  /// What is wrong with a reference to predictions: MLflow keeps metrics, and no rows.
  private static func reportMistakes(in predictions: Located<String>, _ problems: inout Problems) {
    do throws(BaselineError) {
      guard case .mlflow = try BaselineReference(predictions.value) else { return }
      problems.report(
        "an MLflow run has metrics, and no predictions that could be read", at: predictions.location,
        help: ["name a file, git:REVISION:PATH, dvc:REVISION:PATH or a URL"])
    } catch {
      problems.report(error.message(for: predictions.value), at: predictions.location, help: [error.advice])
    }
  }

  private static func shape(
    _ metrics: Key<ModelSide>, _ keys: [Key<ModelSide>],
    check: @escaping (ModelSide, Node, inout Problems) -> Void
  ) -> Shape<ModelSide> {
    let path = Shape<String>.string.map { path, node, problems -> Located<String>? in
      guard path.isEmpty else { return Located(path, at: node.location) }
      problems.report("the path is empty", at: node.location, help: ["name the table with the predictions"])
      return nil
    }
    return .object(
      ModelSide(),
      [
        metrics,
        .optional(
          "predictions", \.predictions, path,
          "The predictions, row by row: a file of any format of the data, or a pattern; the baseline's also git:REVISION:PATH, dvc:REVISION:PATH or a URL."
        ),
      ] + PredictionColumns.keys(\.columns) + keys
    ) { side, node, problems in
      if let metrics = side.metrics, side.hasPredictions {
        problems.report("one side has metrics or predictions, not both", at: metrics.location)
      }
      check(side, node, &problems)
    }
  }
}
