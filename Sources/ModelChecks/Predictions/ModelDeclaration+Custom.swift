internal import Expressions
internal import Language
internal import Metrics
internal import Verdict

/// What is wrong with the metrics that the config makes.
extension ModelDeclaration {
  func validate(
    _ custom: CustomMetric, _ reference: MetricReference, _ task: PredictionTask, _ entry: GateEntry,
    _ problems: inout Problems
  ) {
    if let parameter = reference.arguments.keys.min() {
      problems.report(
        "a metric that the gate makes has no parameters, and here is \"\(parameter)\"", at: reference.name.location)
    }
    if (try? task.metric(MetricReference(name: reference.name))) != nil {
      problems.report(
        "\"\(reference.name.value)\" is a metric already", at: reference.name.location,
        help: ["give the metric of your own another name"])
    }
    var compiled: [Expression] = []
    for (role, columns) in sides {
      do throws(ExpressionError) {
        compiled.append(try custom.expression(columns, role))
      } catch {
        let place =
          if case .expression(let text) = custom.source { text.location.part(error.range, of: text.value) } else {
            custom.location
          }
        return problems.report(error.message, at: place, help: error.hint.map { [$0] } ?? [])
      }
    }
    if isOneFile, compiled.count == 2, compiled[0].compiled == compiled[1].compiled,
      entry.claims.contains(where: \.needsBaseline)
    {
      problems.report(
        "\(reference.name.value) is the same number of both models", at: custom.location,
        help: ["write loss: {candidate: …, baseline: …}, or an expression of label and score"])
    }
    if let confidence = entry.confidence, task == .ranking || task == .generation, grouping == nil {
      problems.report(
        "rows of one \(task == .ranking ? "query" : "problem") depend on each other, so an interval cannot count them",
        at: confidence.location, help: ["add group: and the column of the \(task == .ranking ? "query" : "problem")"])
    }
  }

  /// What is wrong with a condition over the columns.
  func validateCondition(_ condition: Located<String>, _ problems: inout Problems) {
    do throws(ExpressionError) {
      _ = try Expression(condition.value, types: [:])
    } catch {
      problems.report(
        error.message, at: condition.location.part(error.range, of: condition.value),
        help: error.hint.map { [$0] } ?? [])
    }
  }
}
