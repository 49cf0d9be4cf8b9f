/// Blobs whose bytes are files in the data folder and whose rows are in the catalog.
///
/// A change follows one order: the bytes to a temporary file, `fsync`, rename, `fsync` of the folder, then the row. A crash
/// before the row leaves a file that the next sweep removes; a row without its file cannot come about. Files never change
/// once they have their name, so a reader that has opened one reads on whatever happens to the blob.
public final class FileBlobStore: BlobStoring {
    let catalog: Catalog
    var files: FileShelf { catalog.contents }

    init(catalog: Catalog) {
        self.catalog = catalog
    }
}
