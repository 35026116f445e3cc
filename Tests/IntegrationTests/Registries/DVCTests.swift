import Foundation
import TestSupport
import Testing

/// A project made by the real `dvc` from PyPI, whose files are read without it.
@Suite struct DVCTests {
  private static let project = """
    set -e
    export GIT_CONFIG_GLOBAL="$PWD/gitconfig" DVC_NO_ANALYTICS=1
    git config --global user.name test; git config --global user.email test@localhost
    git config --global init.defaultBranch main
    git init -q; "$DVC" init -q; "$DVC" config cache.dir ../store
    cat > dvc.yaml <<'END'
    stages:
      train:
        cmd: sh train.sh
        deps: [train.sh]
        metrics:
          - out/metrics.json
          - free.json: {cache: false}
    END
    printf 'mkdir -p out\\necho "{\\\\"auc\\\\": 0.80}" > out/metrics.json\\necho "{\\\\"auc\\\\": 0.70}" > free.json\\n' > train.sh
    printf 'id,y,p\\na,0,0.1\\nb,1,0.9\\nc,0,0.2\\nd,1,0.8\\n' > predictions.csv; "$DVC" add -q predictions.csv
    mkdir results; echo '{"auc": 0.60}' > "results/it's here.json"; "$DVC" add -q results
    "$DVC" repro -q; git add -A; git commit -qm first; git tag v1
    sed -i s/0.80/0.90/ train.sh; "$DVC" repro -q; git add -A; git commit -qm second
    git switch -qc topic v1; echo > topic; git add -A; git commit -qm topic; "$DVC" checkout -q
    """

  @Test func metricsAreReadAtARevision() async throws {
    let venv = try await PythonEnvironment.folder("dvc", ["dvc==3.67.1"])
    let work = try TemporaryFolder()
    let repository = try work.folder("repository")
    let made = try await CupelBinary.command(
      ["bash", "-c", Self.project], in: repository, environment: ["DVC": venv + "/bin/dvc"], timeout: .seconds(300))
    try #require(made.exitCode == 0, "\(made.output)\(made.error)")

    func gate(_ reference: String, whenMissing: String = "error") async throws -> (exit: Int32, text: String) {
      try work.write(
        """
        version: 1
        models:
          delay:
            candidate: {metrics: candidate.json}
            baseline: {metrics: "\(reference)", when_missing: \(whenMissing)}
            gates:
              - {metric: auc, max_regression: 0 absolute, direction: higher}
        """, to: "repository/cupel.yaml")
      try work.write(#"{"auc": 0.8}"#, to: "repository/candidate.json")
      let run = try await CupelBinary.run(["run", "--report", "json=report.json"], in: repository)
      return (run.exitCode, run.output + run.error + (try work.text("repository/report.json")))
    }

    let first = try await gate("dvc:v1:out/metrics.json")
    #expect(first.exit == 0, "\(first.text)")
    #expect(first.text.contains(", md5 "))
    let second = try await gate("dvc:main:out/metrics.json")
    #expect(second.exit == 1)
    #expect(second.text.contains("0.9"))
    #expect(try await gate("dvc:merge-base(main):out/metrics.json").exit == 0)
    #expect(try await gate("git:merge-base(main):free.json").exit == 0)
    #expect(try await gate("dvc:main:free.json").exit == 0)
    #expect(try await gate("dvc:v1:results/it's here.json").exit == 0)
    #expect(try await gate("dvc:v1:results/other.json").exit == 3)
    #expect(try await gate("dvc:v1:results/other.json", whenMissing: "accept").exit == 0)

    try await predictionsAreReadWhereTheCacheHasThem(in: repository, work)

    try FileManager.default.removeItem(atPath: work.path + "/store")
    let gone = try await gate("dvc:main:out/metrics.json", whenMissing: "accept")
    #expect(gone.exit == 3)
    #expect(gone.text.contains("dvc fetch"), "\(gone.text)")
  }

  private func predictionsAreReadWhereTheCacheHasThem(in repository: String, _ work: TemporaryFolder) async throws {
    try work.write("id,y,p\na,0,0.1\nb,1,0.4\nc,0,0.2\nd,1,0.8\n", to: "repository/candidate.csv")
    func gate(_ margin: String) async throws -> CupelBinary.Run {
      try work.write(
        """
        version: 1
        models:
          delay:
            task: binary
            label: y
            score: p
            id: id
            candidate: {predictions: candidate.csv}
            baseline: {predictions: "dvc:v1:predictions.csv"}
            gates: [{metric: accuracy, max_regression: \(margin) absolute}]
        """, to: "repository/cupel.yaml")
      return try await CupelBinary.run(["run"], in: repository)
    }
    let held = try await gate("0.25")
    #expect(held.exitCode == 0, "\(held.output)\(held.error)")
    #expect(try await gate("0.2").exitCode == 1)
  }
}
