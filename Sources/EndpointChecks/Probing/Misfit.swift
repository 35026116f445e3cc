internal import Verdict

/// Why a check makes no sense with a protocol, or with what the config makes of it: a mistake in the config.
struct Misfit: Sendable {
  var message: String
  var help: [String]
  /// Nil for the place of the entry.
  var location: SourceLocation?

  init(_ message: String, help: [String] = [], at location: SourceLocation? = nil) {
    self.message = message
    self.help = help
    self.location = location
  }

  static let steadyAnswers = "write parameters: {temperature: 0}, or give it a seed"

  /// Why answers that are another every time are compared in vain; nil where nothing says that they are.
  static func varying(_ preset: any ServingProtocol) -> Misfit? {
    preset.variation.map { Misfit("\($0), so the same rows have another answer every time", help: [steadyAnswers]) }
  }
}
