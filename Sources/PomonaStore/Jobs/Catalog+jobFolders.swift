import Foundation
import GRDB

extension Catalog {
    /// The path of the folder in which a job keeps its checkpoints. It goes when the job is over.
    public func folderPath(of job: Job.ID) -> String { "\(folder.jobs)/\(job)" }

    /// Makes a job's folder, unless there is one.
    public func makeFolder(of job: Job.ID) async throws {
        let path = folderPath(of: job)
        try await DiskExecutor.run { try SystemCall.makeFolder(path) }
    }

    /// Removes the folder of a job that is over.
    public func removeFolder(of job: Job.ID) async throws {
        let path = folderPath(of: job)
        try await DiskExecutor.run {
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
    }

    /// Removes the folders of all jobs that are over, and of none.
    func removeJobFolders() async throws {
        let path = folder.jobs
        let names = try await DiskExecutor.run { try SystemCall.names(in: path) }
        let needed = try await read { database in
            Set(
                try Int64.fetchAll(
                    database, sql: "SELECT id FROM job WHERE state IN ('queued', 'running', 'cancelling')"))
        }
        let unneeded = names.filter { name in Int64(name).map { !needed.contains($0) } ?? true }
        try await DiskExecutor.run {
            for name in unneeded { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
        }
    }
}
