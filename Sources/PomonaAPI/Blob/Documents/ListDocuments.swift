import Foundation
import PomonaStore

/// The documents `EnumerationResults`: lists of containers and of blobs.
enum ListDocuments {
    static func containers(_ page: ContainerPage, _ options: ListOptions, endpoint: String) -> String {
        var xml = XMLWriter()
        xml.element("EnumerationResults", [("ServiceEndpoint", endpoint)]) { xml in
            writeQuestion(options, to: &xml)
            xml.element("Containers") { xml in
                for container in page.containers { write(container, options, to: &xml) }
            }
            xml.element("NextMarker", page.nextMarker ?? "")
        }
        return xml.text
    }

    static func blobs(_ page: BlobPage, _ options: ListOptions, endpoint: String) -> String {
        var xml = XMLWriter()
        let container = page.container.address.name
        xml.element("EnumerationResults", [("ServiceEndpoint", endpoint), ("ContainerName", container)]) { xml in
            writeQuestion(options, to: &xml)
            xml.element("Blobs") { xml in
                for entry in page.entries {
                    switch entry {
                    case .blob(let blob): write(blob, options, to: &xml)
                    case .prefix(let prefix): xml.element("BlobPrefix") { $0.nameElement("Name", prefix) }
                    }
                }
            }
            xml.element("NextMarker", page.nextMarker ?? "")
        }
        return xml.text
    }

    private static func writeQuestion(_ options: ListOptions, to xml: inout XMLWriter) {
        if !options.prefix.isEmpty { xml.nameElement("Prefix", options.prefix) }
        xml.element("Marker", ifPresent: options.marker)
        xml.element("MaxResults", ifPresent: options.statedCount.map(String.init))
        xml.element("Delimiter", ifPresent: options.delimiter)
    }

    private static func write(_ container: BlobContainer, _ options: ListOptions, to xml: inout XMLWriter) {
        xml.element("Container") { xml in
            xml.element("Name", container.address.name)
            xml.element("Properties") { xml in
                xml.element("Last-Modified", HTTPDate.string(container.modifiedAt))
                xml.element("Etag", EntityTags.header(container.eTag))
                xml.element("LeaseStatus", "unlocked")
                xml.element("LeaseState", "available")
                xml.element("PublicAccess", ifPresent: container.publicAccess.header)
                xml.element("HasImmutabilityPolicy", "false")
                xml.element("HasLegalHold", "false")
            }
            if options.includes.contains("metadata") { write(container.metadata, to: &xml) }
        }
    }

    private static func write(_ blob: Blob, _ options: ListOptions, to xml: inout XMLWriter) {
        xml.element("Blob") { xml in
            xml.nameElement("Name", blob.address.name)
            xml.element("Properties") { xml in
                xml.element("Creation-Time", HTTPDate.string(blob.createdAt))
                xml.element("Last-Modified", HTTPDate.string(blob.modifiedAt))
                // Unlike everywhere else, the tag of a listed blob has no quotation marks.
                xml.element("Etag", blob.eTag.rawValue)
                xml.element("Content-Length", String(blob.length))
                xml.element("Content-Type", blob.headers.contentType ?? Blob.defaultContentType)
                xml.element("Content-Encoding", blob.headers.contentEncoding ?? "")
                xml.element("Content-Language", blob.headers.contentLanguage ?? "")
                xml.element("Content-MD5", blob.headers.contentMD5?.base64EncodedString() ?? "")
                xml.element("Cache-Control", blob.headers.cacheControl ?? "")
                xml.element("Content-Disposition", blob.headers.contentDisposition ?? "")
                xml.element("BlobType", "BlockBlob")
                xml.element("LeaseStatus", "unlocked")
                xml.element("LeaseState", "available")
                if options.includes.contains("copy"), let copy = CopyRecord(blob) { copy.write(to: &xml) }
            }
            if options.includes.contains("metadata") { write(CopyRecord.visible(blob.metadata), to: &xml) }
        }
    }

    private static func write(_ metadata: [String: String], to xml: inout XMLWriter) {
        xml.element("Metadata") { xml in
            for (name, value) in metadata.sorted(by: { $0.key < $1.key }) where BlobMetadata.isName(name) {
                xml.element(name, value)
            }
        }
    }
}

extension Blob {
    /// What a blob without a type of its own is said to be.
    static let defaultContentType = "application/octet-stream"
}
