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
    let command =
      [venv + "/bin/python", "-X", "pycache_prefix=\(venv)/compiled", Repository.root + "/" + script] + arguments
    let run = try await CupelBinary.command(command, in: directory, timeout: .seconds(600))
    guard run.exitCode == 0 else { throw Problem(description: "\(script) failed: \(run.output)\(run.error)") }
    return run.output
  }

  /// The folder of the environment that installs into the others, by uv: it takes a tenth of pip's time, and packages of
  /// several environments are there once.
  package static func installer() async throws -> String { try await folder(installerName, ["uv==0.13.9"]) }

  private static let installerName = "installer"

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
    let script =
      name == installerName
      ? "python3 -m venv --clear '\(folder)' && '\(folder)/bin/pip' install --quiet \(wanted)"
      : try await installation(of: wanted, in: folder)
    let made = try await CupelBinary.command(
      ["sh", "-c", script], in: "/tmp", environment: ["UV_CACHE_DIR": CupelBinary.folder + "/uv-cache"],
      timeout: .seconds(900))
    guard made.exitCode == 0 else {
      throw Problem(description: "\(wanted) could not be installed from PyPI: \(made.error)")
    }
    try wanted.write(to: complete, atomically: true, encoding: .utf8)
    return folder
  }

  /// Pip is asked where uv finds nothing: an index or a certificate may have been told to it alone.
  private static func installation(of packages: String, in folder: String) async throws -> String {
    let installer = try await installer()
    let python = "--python '\(folder)/bin/python'"
    return """
      python3 -m venv --clear --without-pip '\(folder)' &&
      { '\(installer)/bin/uv' pip install --native-tls --quiet \(python) \(packages) ||
        '\(installer)/bin/pip' \(python) install --quiet \(packages); }
      """
  }
}

extension PythonEnvironment {
  /// The environment of protobuf and gRPC, with the compiler of `.proto` files.
  package static let grpc = (name: "grpc", packages: ["grpcio-tools==1.85.1", "h2==4.3.0"])
}
