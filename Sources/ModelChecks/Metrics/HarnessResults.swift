internal import JSON
internal import Language
internal import Verdict

/// The results file of lm-evaluation-harness: what its tasks measured, and what it tells of each beside the numbers.
///
/// ```json
/// {"results": {"gsm8k": {"exact_match,strict-match": 0.41}}, "higher_is_better": {"gsm8k": {"exact_match": true}},
///  "n-samples": {"gsm8k": {"original": 1319, "effective": 1319}}, "n-shot": {"gsm8k": 5}, "versions": {"gsm8k": 3.0}}
/// ```
struct HarnessResults {
  /// Where its metrics stand; the other members describe them.
  static let root = "results"

  private let document: JSONValue

  /// Nil for any other file.
  init?(_ document: JSONValue) {
    let marks = ["higher_is_better", "n-samples", "n-shot", "versions"]
    guard document[Self.root]?.objectValue != nil, marks.contains(where: { document[$0]?.objectValue != nil }) else {
      return nil
    }
    self.document = document
  }

  /// What is told of the metrics, by their paths.
  var facts: [String: MetricFacts] {
    var facts: [String: MetricFacts] = [:]
    for task in document[Self.root]?.objectValue?.members ?? [] {
      let conditions = conditions(of: task.key)
      for member in task.value.objectValue?.members ?? [] {
        let metric = MetricFacts.unfiltered(member.key)
        let isHigherBetter = document["higher_is_better"]?[task.key]?[metric]?.boolValue
        facts["\(Self.root).\(task.key).\(member.key)"] = MetricFacts(
          direction: isHigherBetter.map { $0 ? .higher : .lower }, conditions: conditions)
      }
    }
    return facts
  }

  /// Under which conditions a task was measured, and each of the tasks that a group is the mean of: the harness tells the
  /// samples of tasks alone.
  private func conditions(of task: String) -> [String: String] {
    let leaves = leaves(of: task)
    var conditions: [String: String] = leaves.isEmpty ? [:] : ["tasks": String(leaves.count)]
    for name in [task] + leaves {
      let told = [
        "samples": document["n-samples"]?[name]?["effective"] ?? document[Self.root]?[name]?["sample_len"],
        "shots": document["n-shot"]?[name], "version": document["versions"]?[name],
      ]
      for (condition, value) in told {
        conditions[name == task ? condition : "\(condition) of \(name)"] = value?.word
      }
    }
    return conditions
  }

  /// The tasks that a group is the mean of.
  private func leaves(of group: String) -> [String] {
    var (leaves, open, seen) = ([String](), [group], Set([group]))
    while let name = open.popLast() {
      let members = document["group_subtasks"]?[name]?.arrayValue ?? []
      for member in members.compactMap(\.stringValue) where seen.insert(member).inserted {
        open.append(member)
        leaves.append(member)
      }
    }
    return leaves
  }
}

extension JSONValue {
  fileprivate var word: String? { doubleValue.map { Quantity.text($0) } ?? stringValue }
}
