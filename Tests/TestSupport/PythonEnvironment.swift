import Foundation
import Processes

/// Virtual environments of Python with packages from PyPI, made once beside the built products.
package actor PythonEnvironment {
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  private static let shared = PythonEnvironment()
  private var made: [String: Task<String, any Error>] = [:]

  /// The folder of the environment of that name, which has these packages: `pyarrow==26.0.1`. Many tests may ask for it
  /// at the same time. What cannot be installed is an error that says so.
  package static func folder(_ name: String, _ packages: [String]) async throws -> String {
    try await shared.task(name, packages).value
  }

  /// Runs a script of the repository with it and returns what it prints.
  package static func run(
    _ script: String, _ arguments: [String], in directory: String, of name: String, _ packages: [String]
  ) async throws -> String {
    let venv = try await folder(name, packages)
    let command = [venv + "/bin/python", "-B", Repository.root + "/" + script] + arguments
    let run = try await CupelBinary.command(command, in: directory, timeout: .seconds(600))
    guard run.exitCode == 0 else { throw Problem(description: "\(script) failed: \(run.output)\(run.error)") }
    return run.output
  }

  private func task(_ name: String, _ packages: [String]) -> Task<String, any Error> {
    if let task = made[name] { return task }
    let task = Task { try await Self.make(name, packages) }
    made[name] = task
    return task
  }

  private static func make(_ name: String, _ packages: [String]) async throws -> String {
    let folder = CupelBinary.folder + "/" + name + "-venv"
    let wanted = packages.joined(separator: " ")
    let complete = URL(filePath: folder + "/complete")
    if (try? String(contentsOf: complete, encoding: .utf8)) == wanted { return folder }
    let script = "python3 -m venv --clear '\(folder)' && '\(folder)/bin/pip' install --quiet \(wanted)"
    let made = try await CupelBinary.command(["sh", "-c", script], in: "/tmp", timeout: .seconds(900))
    guard made.exitCode == 0 else {
      throw Problem(description: "\(wanted) could not be installed from PyPI: \(made.error)")
    }
    try wanted.write(to: complete, atomically: true, encoding: .utf8)
    return folder
  }
}
