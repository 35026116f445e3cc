import Foundation
import Processes

/// The built `cupel`, run as a user runs it.
package enum CupelBinary {
  /// The folder of the built products: that of the running tests.
  package static let folder: String = {
    let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return "/" + executable.split(separator: "/").dropLast().joined(separator: "/")
  }()

  package struct Run: Sendable {
    package var exitCode: Int32
    package var output: String
    package var error: String
  }

  /// Runs `cupel` with arguments in a folder. Nothing of the environment decides colours or paths.
  package static func run(
    _ arguments: [String], in directory: String, environment: [String: String] = [:]
  ) async throws -> Run {
    try await command([folder + "/cupel"] + arguments, in: directory, environment: environment)
  }

  /// Runs any command.
  package static func command(
    _ arguments: [String], in directory: String, environment: [String: String] = [:], timeout: Duration = .seconds(120)
  ) async throws -> Run {
    let settings = ["NO_COLOR": "1", "PATH": folder + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
    let result = try await Command.capture(
      arguments, workingDirectory: directory, environment: settings.merging(environment) { $1 }, timeout: timeout,
      maximumOutput: 16 << 20)
    let status: Int32
    switch result.exit {
    case .exited(let code): status = code
    case .signalled(let signal): status = 128 + signal
    }
    return Run(
      exitCode: status, output: String(decoding: result.standardOutput, as: UTF8.self),
      error: String(decoding: result.standardError, as: UTF8.self))
  }
}
