import PomonaStore

/// What it takes to do an operation (Azure, "Permissions for a shared access signature").
struct BlobRights: Sendable {
    /// Letter of the resource type that an account signature must be for: service, container or object; `nil` where any
    /// suffices.
    var resourceType: Character?

    /// Letters of which an account signature must grant one.
    var accountPermissions: Set<Character>

    /// Letters of which a signature for a container or blob must grant one; `nil` where no such signature suffices.
    var servicePermissions: Set<Character>?

    /// The least public access that lets anybody do it; `nil` where none does.
    var publicAccess: PublicAccess?

    /// Whether an account signature suffices at all.
    var allowsAccountSignature = true
}

extension BlobOperation {
    var rights: BlobRights {
        switch self {
        case .listContainers: BlobRights(resourceType: "s", accountPermissions: ["l"])
        case .serviceProperties: BlobRights(resourceType: "s", accountPermissions: ["r"])
        // Whatever is in a batch is authorised by itself.
        case .accountInformation, .batch:
            BlobRights(resourceType: nil, accountPermissions: Set("rwdlacup"), servicePermissions: Set("racwdl"))
        case .createContainer: BlobRights(resourceType: "c", accountPermissions: ["c", "w"])
        case .containerProperties:
            BlobRights(resourceType: "c", accountPermissions: ["r"], publicAccess: .container)
        case .setContainerMetadata: BlobRights(resourceType: "c", accountPermissions: ["w"])
        case .deleteContainer: BlobRights(resourceType: "c", accountPermissions: ["d"])
        case .containerAccess, .setContainerAccess:
            BlobRights(resourceType: "c", accountPermissions: [], allowsAccountSignature: false)
        case .listBlobs:
            BlobRights(
                resourceType: "c", accountPermissions: ["l"], servicePermissions: ["l"], publicAccess: .container)
        case .putBlob, .putBlobFromURL, .copyBlob, .putBlock, .putBlockFromURL, .putBlockList:
            BlobRights(resourceType: "o", accountPermissions: ["w", "c"], servicePermissions: ["w", "c"])
        case .abortCopy, .setBlobMetadata, .setBlobHeaders:
            BlobRights(resourceType: "o", accountPermissions: ["w"], servicePermissions: ["w"])
        case .blockList, .getBlob, .blobProperties, .blobMetadata:
            BlobRights(
                resourceType: "o", accountPermissions: ["r"], servicePermissions: ["r"], publicAccess: .blob)
        case .deleteBlob: BlobRights(resourceType: "o", accountPermissions: ["d"], servicePermissions: ["d"])
        }
    }
}
