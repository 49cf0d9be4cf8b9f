import PomonaStore
import Testing

@testable import PomonaAPI

@Suite("The Blob API under Microsoft's own client")
struct BlobClientTests {
    @Test(
        "azure-storage-blob passes every row, unchanged",
        .enabled(if: PythonClient.has("azure.storage.blob"), PythonClient.absence))
    func azureStorageBlob() async throws {
        try await withStore { store, account in
            let accounts = StoredBlobAccounts(store.catalog, allowsDevelopmentAccount: false)
            try await withServer(BlobAPI(store: store.blobs, accounts: accounts)) { port in
                try await PythonClient.run(
                    "blob_client.py", ["http://127.0.0.1:\(port)", account.name, account.keys.key2])
            }
        }
    }

    @Test(
        "so it does against the program itself, with the development account, other names, and TLS",
        .enabled(if: PythonClient.has("azure.storage.blob"), PythonClient.absence),
        .enabled(if: BuiltPrograms.hasPomona, "pomona is not built"))
    func ownProgram() async throws {
        try await PythonClient.run("house_clients.py", [BuiltPrograms.pomona])
    }
}
