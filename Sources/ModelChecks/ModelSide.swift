package import Baselines
package import Language
internal import Verdict

/// One side of a comparison as the config declares it: metrics that somebody computed, or the predictions themselves.
package struct ModelSide: Sendable {
  package var metrics: Located<BaselineReference>?
  package var predictions: Located<String>?
  /// The predictions of further training runs, with other seeds: each a file of its own.
  package var repeats: [Located<String>] = []
  /// Whether they stand in a list, which has one for each training run.
  var areRuns = false
  /// What differs from the model's columns.
  package var columns = PredictionColumns()
  /// What the config says of a baseline that is not there.
  var statedWhenMissing: WhenMissing?
  /// How old a baseline may be, in seconds.
  var maxAge: Located<Quantity>?
  /// With a history: after how many accepted runs its baseline becomes what all of them reached.
  var ratchet: Located<Int>?

  package init() {}

  /// Whether it is judged by predictions: its own file, or other columns of the candidate's.
  var hasPredictions: Bool { predictions != nil || !columns.named.isEmpty }

  /// What becomes of a baseline that is not there. A history begins empty, so that this is no error unless it is stated.
  package var whenMissing: WhenMissing { statedWhenMissing ?? (isHistory ? .absoluteOnly : .error) }

  /// Why a comparison is left out where the baseline is not there. That somebody asked for it makes a run of nothing but
  /// such skips a good one: of a history that has only begun, and where the candidate is accepted; where the absolute
  /// bounds were to be judged, there must be some.
  var reasonToSkip: Reason { whenMissing == .absoluteOnly && !isHistory ? .baseline : .requested }

  /// Whether it is what accepted runs left.
  package var isHistory: Bool { metrics?.value == .history }

  static var candidate: Shape<ModelSide> {
    let metrics = Shape<String>.path.map { path, node, problems -> Located<BaselineReference>? in
      guard path.isEmpty else { return Located(.file(path), at: node.location) }
      problems.report("the path is empty", at: node.location, help: ["name the candidate's metrics file"])
      return nil
    }
    return shape(
      .optional("metrics", \.metrics, metrics, "The candidate's metrics: a JSON, YAML or CSV file."), .path, []
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
        "The baseline's metrics: a file, git:REVISION:PATH, dvc:REVISION:PATH, mlflow:models:/NAME@ALIAS, a URL, or history: what the last accepted run left."
      ), .string,
      [
        .optional(
          "when_missing", \.statedWhenMissing, Shape<WhenMissing>.choice,
          "When there is no baseline: error (the default), accept the candidate by its absolute bounds, or judge absolute bounds only (the default of a history)."
        ),
        .optional(
          "max_age", \.maxAge, Shape<Quantity>.duration.located,
          "How old the baseline may be: 720h. An older one, or one whose age nobody knows, is an error."),
        .optional(
          "ratchet", \.ratchet, Shape<Int>.integer(in: 2...1000).located,
          "With metrics: history, after so many accepted runs in a row the baseline becomes what all of them reached, if that is better; it never becomes worse."
        ),
      ]
    ) { side, node, problems in
      for run in (side.predictions.map { [$0] } ?? []) + side.repeats { reportMistakes(in: run, &problems) }
      if let ratchet = side.ratchet, !side.isHistory {
        problems.report(
          "a ratchet needs the history of accepted runs", at: ratchet.location,
          help: ["write metrics: history; a file is renewed by `cupel accept`"])
      }
      if let age = side.maxAge, side.metrics == nil, side.predictions == nil {
        problems.report("the baseline is a column of the candidate's table, and as old as that", at: age.location)
      }
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
      switch try BaselineReference(predictions.value) {
      case .mlflow, .history:
        problems.report(
          "\(predictions.value) has metrics, and no predictions that could be read", at: predictions.location,
          help: [
            "name a file, git:REVISION:PATH, dvc:REVISION:PATH or a URL", "or write metrics: in place of predictions:",
          ])
      case .file, .git, .dvc, .web: break
      }
    } catch {
      problems.report(error.message(for: predictions.value), at: predictions.location, help: [error.advice])
    }
  }

  private static func shape(
    _ metrics: Key<ModelSide>, _ reference: Shape<String>, _ keys: [Key<ModelSide>],
    check: @escaping (ModelSide, Node, inout Problems) -> Void
  ) -> Shape<ModelSide> {
    let path = reference.map { path, node, problems -> Located<String>? in
      guard path.isEmpty else { return Located(path, at: node.location) }
      problems.report("the path is empty", at: node.location, help: ["name the table with the predictions"])
      return nil
    }
    return .object(
      ModelSide(),
      [
        metrics,
        .each(
          "predictions", path.oneOrMany,
          "The predictions, row by row: a file of any format of the data, or a pattern; the baseline's also git:REVISION:PATH, dvc:REVISION:PATH or a URL. A list has one for each training run, of a pattern in it each file: [runs/*/predictions.csv]."
        ) { paths, entry, side in
          side.predictions = paths.first
          side.repeats = Array(paths.dropFirst())
          side.areRuns = entry.value.isSequence
        },
      ] + PredictionColumns.keys(\.columns) + keys
    ) { side, node, problems in
      if let metrics = side.metrics, side.hasPredictions {
        problems.report("one side has metrics or predictions, not both", at: metrics.location)
      }
      check(side, node, &problems)
    }
  }
}
