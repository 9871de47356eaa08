package io.mockexo.testcontainers;

import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.utility.DockerImageName;

/** Says how an image is made that nobody publishes, where Testcontainers would look for it. */
final class LocalImage implements ImagePullPolicy {

  static final DockerImageName NAME = DockerImageName.parse("mock-exchange-online:latest");

  @Override
  public boolean shouldPull(DockerImageName image) {
    String name = image.asCanonicalNameString();
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(name).exec();
      return false;
    } catch (NotFoundException e) {
      throw new IllegalStateException(
          "there is no image %s on this machine, and it is not pulled; build it where Mock Exchange Online's sources are: ./mvnw -DskipTests package && docker build -t %s docker"
              .formatted(name, name),
          e);
    }
  }
}
