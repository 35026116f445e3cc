package import Verdict

/// A limit on one number, as it is written: `at_least`, `at_most`, `between`, `equals`, in any sensible combination.
package struct Limits: Sendable, Hashable {
  package var atLeast: Located<Quantity>?
  package var atMost: Located<Quantity>?
  package var equals: Located<Quantity>?

  package init(
    atLeast: Located<Quantity>? = nil, atMost: Located<Quantity>? = nil, equals: Located<Quantity>? = nil
  ) {
    self.atLeast = atLeast
    self.atMost = atMost
    self.equals = equals
  }

  /// The limits as one bound, or nil when there is none.
  package var bound: Bound? {
    if let equals { return .equals(equals.value) }
    return switch (atLeast?.value, atMost?.value) {
    case (let low?, let high?): .between(low, high)
    case (let low?, nil): .atLeast(low)
    case (nil, let high?): .atMost(high)
    case (nil, nil): nil
    }
  }

  /// What the limits count; nil when there is none.
  package var unit: Quantity.Unit? { (equals ?? atLeast ?? atMost)?.value.unit }

  /// The place of the limit that the value breaks, or else of the first one: where the caret goes.
  package func location(for value: Double) -> SourceLocation? {
    if let atLeast, value < atLeast.value.value { return atLeast.location }
    if let atMost, value > atMost.value.value { return atMost.location }
    return (equals ?? atLeast ?? atMost)?.location
  }
}

extension Shape<Limits> {
  /// The keys of a limit within any object, so that other keys can stand beside them.
  package static func keys<Root>(
    _ path: WritableKeyPath<Root, Limits>, of value: Shape<Quantity>, equals: Bool = true
  ) -> [Key<Root>] {
    let located = value.located
    let atLeast: WritableKeyPath<Root, Located<Quantity>?> = path.appending(path: \Limits.atLeast)
    let atMost: WritableKeyPath<Root, Located<Quantity>?> = path.appending(path: \Limits.atMost)
    var keys: [Key<Root>] = [
      .optional("at_least", atLeast, located, "The smallest allowed value, inclusive."),
      .optional("at_most", atMost, located, "The largest allowed value, inclusive."),
      .each("between", Shape<[Located<Quantity>]>.pair(located), "The smallest and the largest allowed value.") {
        pair, _, root in
        root[keyPath: atLeast] = pair[0]
        root[keyPath: atMost] = pair[1]
      },
    ]
    if equals {
      keys.append(
        .optional("equals", path.appending(path: \Limits.equals), located, "The only allowed value."))
    }
    return keys
  }

  /// A mapping that is nothing but a limit: `{at_least: 1000}`.
  package static func limits(of value: Shape<Quantity>) -> Shape {
    .object(Limits(), keys(\.self, of: value), check: Shape<Limits>.validate)
  }

  /// What is impossible about limits: none at all, or a lower one above the upper one.
  package static func validate(_ limits: Limits, _ node: Node, _ problems: inout Problems) {
    if limits.bound == nil {
      problems.report("a limit is missing", at: node.location, help: ["write at_least, at_most, between or equals"])
    }
    if let low = limits.atLeast, let high = limits.atMost {
      if low.value.unit != high.value.unit {
        problems.report("one limit is a share and the other a number of rows", at: high.location)
      } else if low.value.value > high.value.value {
        problems.report(
          "no value can be at least \(low.value) and at most \(high.value)", at: low.location,
          label: "larger than the upper limit")
      }
    }
    if let equals = limits.equals, limits.atLeast != nil || limits.atMost != nil {
      problems.report("\"equals\" leaves no room for another limit", at: equals.location)
    }
  }
}

extension Shape {
  /// A list of exactly two values.
  package static func pair<Element>(_ element: Shape<Element>) -> Shape<[Element]> where Value == [Element] {
    var pair: Shape<[Element]> = element.list.map {
      (values: [Element], node: Node, problems: inout Problems) -> [Element]? in
      guard values.count == 2 else {
        problems.report("expected two values, found \(values.count)", at: node.location)
        return nil
      }
      return values
    }
    pair.schema = .list(element.schema, count: 2)
    return pair
  }
}
