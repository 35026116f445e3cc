internal import JSON

/// The first part of an answer in which what was streamed is not what the same request is answered without a stream.
struct AnswerDifference: Sendable {
  /// `choice 0` for its text, else `tool call 1 of choice 0` and the like.
  var part: String
  /// What was streamed of it; empty for nothing.
  var streamed: String
  /// What it is without a stream; empty for nothing.
  var answered: String
  /// Whether arguments of a call were streamed that are no JSON, and the others are.
  var isBroken = false

  /// The difference in a sentence.
  func words(_ secrets: Secrets) -> String {
    // Secrets go before the cut, which could leave a part of one.
    let (found, wanted) = (secrets.mask(streamed), secrets.mask(answered))
    return "\(part) is streamed as \(Self.shown(found, beside: wanted))"
      + (isBroken ? ", whose arguments are no JSON" : "")
      + ", and answered as \(Self.shown(wanted, beside: found)) without a stream"
  }

  /// A text from shortly before the place where it differs from the other.
  private static func shown(_ text: String, beside other: String) -> String {
    guard !text.isEmpty else { return "nothing" }
    let scalars = Array(text.unicodeScalars)
    let common = zip(scalars, other.unicodeScalars).prefix { $0 == $1 }.count
    let start = max(0, common - 20)
    let part = scalars[start...].prefix(60)
    var shown = String.UnicodeScalarView()
    shown.append(contentsOf: part)
    return (start > 0 ? "…" : "") + "\"\(String(shown))\"" + (start + part.count < scalars.count ? "…" : "")
  }
}

extension AnswerDifference {
  /// Nil for answers that say the same. A choice that is not there says nothing: how many there are is a claim of its own.
  init?(streamed: [Int: ChoiceAnswer], answered: [Int: ChoiceAnswer]) {
    for choice in Set(streamed.keys).union(answered.keys).sorted() {
      let (said, wanted) = (streamed[choice] ?? ChoiceAnswer(), answered[choice] ?? ChoiceAnswer())
      if let difference = Self.between(said, wanted, in: "choice \(choice)") {
        self = difference
        return
      }
    }
    return nil
  }

  /// A text that stands where a call or a refusal should says less than that there is none of these.
  private static func between(
    _ streamed: ChoiceAnswer, _ answered: ChoiceAnswer, in choice: String
  ) -> AnswerDifference? {
    if let difference = text(streamed.refusal, answered.refusal, of: "the refusal of \(choice)") { return difference }
    let (calls, others) = (streamed.calls, answered.calls)
    for place in 0..<max(calls.count, others.count) {
      let one: FunctionCall? = place < calls.count ? calls[place] : nil
      let other: FunctionCall? = place < others.count ? others[place] : nil
      if let difference = call(one, other, of: "tool call \(place) of \(choice)") { return difference }
    }
    let (legacy, wanted) = (streamed.functionCall, answered.functionCall)
    if let difference = call(legacy, wanted, of: "the function call of \(choice)") { return difference }
    if let difference = text(streamed.text ?? "", answered.text ?? "", of: choice) { return difference }
    // Some servers show it in one of the two only, as a setting of theirs.
    guard !streamed.reasoning.isEmpty, !answered.reasoning.isEmpty else { return nil }
    return text(streamed.reasoning, answered.reasoning, of: "the reasoning of \(choice)")
  }

  private static func text(_ streamed: String, _ answered: String, of part: String) -> AnswerDifference? {
    guard !streamed.utf8.elementsEqual(answered.utf8) else { return nil }
    return AnswerDifference(part: part, streamed: streamed, answered: answered)
  }

  private static func call(
    _ streamed: FunctionCall?, _ answered: FunctionCall?, of part: String
  ) -> AnswerDifference? {
    var difference = AnswerDifference(
      part: part, streamed: streamed.map { $0.words(with: $0.arguments) } ?? "",
      answered: answered.map { $0.words(with: $0.arguments) } ?? "")
    guard let call = streamed, let other = answered else {
      return streamed == nil && answered == nil ? nil : difference
    }
    let isSameFunction = call.callsTheSame(as: other)
    if isSameFunction, call.arguments.utf8.elementsEqual(other.arguments.utf8) { return nil }
    let (found, wanted) = (call.document, other.document)
    difference.isBroken = found == nil && wanted != nil
    if let found, let wanted {
      if isSameFunction, found == wanted { return nil }
      // White space is no difference, and is not shown as one.
      difference.streamed = call.words(with: JSONWriter.lenient.string(found))
      difference.answered = other.words(with: JSONWriter.lenient.string(wanted))
    }
    return difference
  }
}
