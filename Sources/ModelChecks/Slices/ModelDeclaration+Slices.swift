internal import Language

/// What is wrong with slices, and with what gates say of them.
extension ModelDeclaration {
  func validateSlices(_ problems: inout Problems) {
    for condition in slices.flatMap(\.columns).compactMap(\.condition) { validateCondition(condition, &problems) }
    var known: Set<String> = []
    for slice in slices where !known.insert(slice.name).inserted {
      problems.report(
        "the slices by \(slice.name) are declared twice",
        at: slice.location ?? candidate.predictions?.location)
    }
    let choices = gates.compactMap(\.slices)
    guard !slices.isEmpty else {
      if let choice = choices.first {
        problems.report(
          "this model has no slices", at: choice.location, help: ["add slices: and the columns that divide the rows"])
      }
      return
    }
    for choice in choices { validate(choice, &problems) }
    if let unjudged = slices.first(where: { slice in !choices.contains { $0.includes(slice) } }) {
      let others = slices.contains { slice in choices.contains { $0.includes(slice) } }
      problems.report(
        others
          ? "no gate judges the slices by \(unjudged.name), so they check nothing"
          : "no gate judges the slices, so they check nothing",
        at: unjudged.location, help: ["add slices: all to a gate, or slices: [\(unjudged.name)]"])
    }
  }

  private func validate(_ choice: SliceChoice, _ problems: inout Problems) {
    let declared = slices.map(\.name)
    var known: Set<String> = []
    for name in choice.names ?? [] {
      if !declared.contains(name.value) {
        problems.report(
          "no slices are called \"\(name.value)\"", at: name.location,
          label: nearest(name.value, among: declared + [SliceChoice.every]).map { "did you mean \"\($0)\"?" },
          help: ["this model has slices by \(declared.joined(separator: ", "))"])
      } else if !known.insert(name.value).inserted {
        problems.report("the slices by \(name.value) are named twice", at: name.location)
      }
    }
  }
}
