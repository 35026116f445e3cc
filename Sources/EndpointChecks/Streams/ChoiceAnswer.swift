internal import JSON

/// What one choice of an answer says, in each of the parts that it may have. The pieces of a stream add up to the whole.
struct ChoiceAnswer: Sendable {
  /// Nil where there is none; an empty text is one.
  var text: String?
  /// Why the model does not do what it was asked for.
  var refusal = ""
  /// What the model thought before it answered, where the server shows it.
  var reasoning = ""
  /// The tools to be called, by the index that the pieces of a call share.
  var toolCalls: [Int: FunctionCall] = [:]
  /// The call of the time before there were tools.
  var functionCall: FunctionCall?

  /// Whether it says nothing at all: such a piece is no token.
  var isEmpty: Bool {
    (text ?? "").isEmpty && refusal.isEmpty && reasoning.isEmpty && toolCalls.isEmpty && functionCall == nil
  }

  /// The calls of tools in their order. Some servers count them from 1, or count texts among them, so that nobody who
  /// puts them together relies on the numbers.
  var calls: [FunctionCall] { toolCalls.sorted { $0.key < $1.key }.map(\.value) }

  /// What is answered, as one text: the text itself, else the calls that the model asks for, else its refusal. Nil where there
  /// is nothing of these.
  var prediction: String? {
    if let text, !text.isEmpty { return text }
    let asked = (calls + [functionCall].compactMap { $0 }).map {
      $0.words(with: $0.document?.description ?? $0.arguments)
    }
    if !asked.isEmpty { return asked.joined(separator: "; ") }
    return refusal.isEmpty ? text : refusal
  }

  /// Takes the next piece.
  mutating func append(_ piece: ChoiceAnswer) {
    // In place: a text of many pieces must not be copied for each of them.
    if text == nil { text = piece.text } else if let more = piece.text { text?.append(more) }
    refusal += piece.refusal
    reasoning += piece.reasoning
    for (index, call) in piece.toolCalls { toolCalls[index, default: FunctionCall()].append(call) }
    guard let call = piece.functionCall else { return }
    if functionCall == nil { functionCall = call } else { functionCall?.append(call) }
  }
}
