internal import ArgumentParser
internal import Verdict

/// `cupel exit-codes`, and `cupel help exit-codes`.
struct ExitCodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exit-codes", abstract: "What the exit code says.", discussion: table)

  static var table: String {
    let lines = ExitStatus.allCases.map { status in
      let code = String(status.rawValue)
      return String(repeating: " ", count: max(0, 5 - code.count)) + code + "  " + status.meaning
    }
    let order = ExitStatus.precedence.map { String($0.rawValue) }.joined(separator: " > ")
    return lines.joined(separator: "\n") + "\n\nWhen several apply: \(order)."
  }

  func run() { Console.write(Self.table + "\n") }
}
