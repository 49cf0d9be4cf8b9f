import PomonaStore

extension DatasetService {
    /// Whether what lies in a container may be read for a dataset: only what is of its own resource group. Label files name
    /// photos and each other by address, and an address must not open what another group keeps.
    func mayRead(_ container: ContainerAddress, for dataset: Dataset) async throws -> Bool {
        try await store.catalog.accounts(in: dataset.group).contains { $0.name == container.account }
    }
}
