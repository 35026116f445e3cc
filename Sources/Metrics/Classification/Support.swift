internal import Statistics

/// How many rows a class has.
package enum Support {
  package static let page = MetricPage(
    "support", better: .neither, range: 0...(.infinity),
    what: "How many rows, or how much weight, are of one class; without class, of all.",
    why: "An evaluation set that lost a class proves nothing of it.",
    example: "{metric: {name: support, class: rare}, at_least: 200}",
    fix: "Add rows of the class to the evaluation set.")

  static let multiclass = MetricDefinition<MulticlassRows>(page, [ClassAverage.one]) { arguments in
    let only: String? = if case .word(let name)? = arguments[ClassAverage.one] { name } else { nil }
    return .tally { tally, names throws(Undefined) in
      guard let only else { return tally.total }
      guard let index = names.firstIndex(of: only) else {
        throw Undefined.outsideDomain("there is no class \"\(only)\"")
      }
      return tally.labelled[index]
    }
  }.withoutInterval("it counts these rows, and says nothing of a population")
}
