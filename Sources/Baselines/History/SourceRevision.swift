/// What is checked out: the commit, its branch, and whether it is a change that is proposed.
package struct SourceRevision: Sendable, Hashable {
  /// Empty when there is no repository, or no commit in it.
  package var commit: String
  /// Empty when it is not known.
  package var branch: String
  /// Whether a CI system runs it for a pull or merge request.
  package var isProposal: Bool

  package init(commit: String = "", branch: String = "", isProposal: Bool = false) {
    self.commit = commit
    self.branch = branch
    self.isProposal = isProposal
  }

  /// What is checked out in the repository around a folder. CI systems check a commit out without its branch, and name
  /// the branch in the environment. That there is no repository is no error.
  package static func current(in folder: String, environment: [String: String]) async -> SourceRevision {
    var revision = SourceRevision()
    if let repository = try? await GitRepository(around: folder, environment: environment),
      let head = try? await repository.head()
    {
      (revision.commit, revision.branch) = head
    }
    for name in branchVariables where revision.branch.isEmpty {
      revision.branch = environment[name] ?? ""
    }
    revision.isProposal = proposalVariables.contains { !["", "false"].contains(environment[$0] ?? "") }
    return revision
  }

  /// Where CI systems name the branch: that of the proposal first, then the one that is built.
  private static let branchVariables = [
    "GITHUB_HEAD_REF", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CHANGE_BRANCH", "GITHUB_REF_NAME", "CI_COMMIT_BRANCH",
    "CI_COMMIT_REF_NAME", "BUILD_SOURCEBRANCHNAME", "BITBUCKET_BRANCH", "BUILDKITE_BRANCH", "CIRCLE_BRANCH",
    "TRAVIS_BRANCH", "BRANCH_NAME", "GIT_BRANCH",
  ]

  /// Where CI systems say that it is a proposal: by any value but `false`.
  private static let proposalVariables = [
    "GITHUB_HEAD_REF", "CI_MERGE_REQUEST_IID", "CHANGE_ID", "SYSTEM_PULLREQUEST_PULLREQUESTID", "BITBUCKET_PR_ID",
    "BUILDKITE_PULL_REQUEST", "CIRCLE_PULL_REQUEST", "TRAVIS_PULL_REQUEST",
  ]
}
