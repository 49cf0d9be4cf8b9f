public import PomonaCOCO
import PomonaCore
public import PomonaStore

extension DatasetService {
    /// The labels of a dataset as one COCO file.
    ///
    /// - Parameters:
    ///   - form: pixels, or fractions as Image Analysis 4.0 has them.
    ///   - container: the address of the dataset's container, which photos' addresses begin with.
    /// - Throws: `COCOError`, `StoreError`.
    public func export(_ id: Dataset.ID, form: BoxForm, container: String?) async throws -> [UInt8] {
        let index = try await index(of: id)
        let set = TrainingSet(
            labels: index.tags.map(\.name),
            photos: index.photos.filter { !$0.annotations.isEmpty || index.kind == .objectDetection }.map { photo in
                LabeledPhoto(
                    name: photo.item.address.name, path: "",
                    size: ImageSize(width: photo.item.width ?? 0, height: photo.item.height ?? 0),
                    annotations: photo.annotations)
            })
        let writer = COCOWriter(sourceForm: .pixels, form: form, container: container)
        return try writer.bytes(of: COCODocument(set), name: "the export")
    }
}
