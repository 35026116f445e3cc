/// A pattern as a table: which state follows which on each byte. Matching a whole text is one look-up a byte.
///
/// Made by Thompson's construction and the powerset of its states. Patterns that need more than 250 states have none
/// and are left to RE2, as are those that `PatternSyntax` does not understand; the two are held against each other by
/// a test.
struct PatternAutomaton: Sendable {
  /// `next[state * 256 + byte]`. State 0 is where nothing matches any more, state 1 where a text begins.
  let next: [UInt8]
  /// Whether a text may end in a state.
  let accepts: [UInt8]

  static let maximumStates = 250

  init?(_ pattern: String) {
    guard let tree = PatternSyntax.parse(pattern) else { return nil }
    var machine = NondeterministicMachine()
    let end = machine.add(.end)
    guard let start = machine.build(tree, then: end) else { return nil }
    var states: [[Int]: Int] = [[]: 0]
    var sets: [[Int]] = [[], machine.closure([start])]
    states[sets[1]] = 1
    var next = [UInt8](repeating: 0, count: 256)
    var index = 1
    while index < sets.count {
      for byte in 0..<256 {
        let targets = machine.closure(sets[index].compactMap { machine.target(of: $0, on: UInt8(byte)) })
        let state = states[targets] ?? sets.count
        if state == sets.count {
          guard state < Self.maximumStates else { return nil }
          states[targets] = state
          sets.append(targets)
        }
        next.append(UInt8(state))
      }
      index += 1
    }
    self.next = next
    accepts = sets.map { $0.contains(end) ? 1 : 0 }
  }
}

/// Thompson's machine: states that wait for a byte, and states that only lead on.
private struct NondeterministicMachine {
  enum State {
    case end
    case byte(ClosedRange<UInt8>, next: Int)
    case split([Int])
  }

  private var states: [State] = []
  private static let maximumStates = 4000

  mutating func add(_ state: State) -> Int {
    states.append(state)
    return states.count - 1
  }

  /// Where a text begins that matches the tree and goes on at `next`; nil when the machine grows too large.
  mutating func build(_ tree: PatternSyntax, then next: Int) -> Int? {
    guard states.count < Self.maximumStates else { return nil }
    switch tree {
    case .character(let set): return add(set, then: next)
    case .sequence(let parts):
      var next = next
      for part in parts.reversed() {
        guard let start = build(part, then: next) else { return nil }
        next = start
      }
      return next
    case .choice(let alternatives):
      let starts = alternatives.compactMap { build($0, then: next) }
      return starts.count == alternatives.count ? add(.split(starts)) : nil
    case .repetition(let part, let atLeast, let atMost):
      return repetition(of: part, atLeast, atMost, then: next)
    }
  }

  private mutating func repetition(of part: PatternSyntax, _ atLeast: Int, _ atMost: Int?, then next: Int) -> Int? {
    var start = next
    if let atMost {
      for _ in atLeast..<atMost {
        guard let once = build(part, then: start) else { return nil }
        start = add(.split([once, next]))
      }
    } else {
      let loop = add(.split([]))
      guard let once = build(part, then: loop) else { return nil }
      states[loop] = .split([once, next])
      start = loop
    }
    for _ in 0..<atLeast {
      guard let once = build(part, then: start) else { return nil }
      start = once
    }
    return start
  }

  private mutating func add(_ set: PatternSyntax.CharacterSet, then next: Int) -> Int {
    var starts: [Int] = []
    var byte = 0
    while byte < 128 {
      guard set.ascii[byte] else {
        byte += 1
        continue
      }
      let low = byte
      while byte < 128, set.ascii[byte] { byte += 1 }
      starts.append(add(.byte(UInt8(low)...UInt8(byte - 1), next: next)))
    }
    if set.hasOthers {
      for sequence in Self.beyondASCII {
        starts.append(sequence.reversed().reduce(next) { add(.byte($1, next: $0)) })
      }
    }
    return starts.count == 1 ? starts[0] : add(.split(starts))
  }

  /// The well-formed byte sequences of UTF-8 that are not ASCII (the Unicode Standard, table 3-7).
  private static let beyondASCII: [[ClosedRange<UInt8>]] = [
    [0xC2...0xDF, 0x80...0xBF], [0xE0...0xE0, 0xA0...0xBF, 0x80...0xBF],
    [0xE1...0xEC, 0x80...0xBF, 0x80...0xBF], [0xED...0xED, 0x80...0x9F, 0x80...0xBF],
    [0xEE...0xEF, 0x80...0xBF, 0x80...0xBF], [0xF0...0xF0, 0x90...0xBF, 0x80...0xBF, 0x80...0xBF],
    [0xF1...0xF3, 0x80...0xBF, 0x80...0xBF, 0x80...0xBF], [0xF4...0xF4, 0x80...0x8F, 0x80...0xBF, 0x80...0xBF],
  ]

  func target(of state: Int, on byte: UInt8) -> Int? {
    guard case .byte(let range, let next) = states[state], range.contains(byte) else { return nil }
    return next
  }

  /// The states that wait for a byte, or are the end, reached from some states without one; sorted.
  func closure(_ start: [Int]) -> [Int] {
    var seen: Set<Int> = []
    var found: [Int] = []
    var open = start
    while let state = open.popLast() {
      guard seen.insert(state).inserted else { continue }
      if case .split(let targets) = states[state] { open += targets } else { found.append(state) }
    }
    return found.sorted()
  }
}
