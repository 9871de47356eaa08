package io.mockexo.junit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A place that {@link MockExchangeOnline} stands on.
 *
 * @param annotation the annotation, found on the place itself or on an annotation there
 * @param name what {@link InjectFault#server} calls it
 * @param label what messages call it: its name, unless that is one that the compiler made up
 * @param place for messages: {@code field exchange of MailerTest}
 */
record Declaration(MockExchangeOnline annotation, String name, String label, String place) {

  /** A parameter's, where there is but this server, and the class was compiled without names. */
  private static final String ONLY_SERVER = "exchange";

  static Declaration of(Field field) {
    MockExchangeOnline annotation = annotation(field);
    String name = name(annotation, field.getName());
    return new Declaration(
        annotation,
        name,
        name,
        "field %s of %s".formatted(field.getName(), field.getDeclaringClass().getSimpleName()));
  }

  static Declaration of(Parameter parameter) {
    MockExchangeOnline annotation = annotation(parameter);
    Executable method = parameter.getDeclaringExecutable();
    int number = 1 + List.of(method.getParameters()).indexOf(parameter);
    return new Declaration(
        annotation,
        name(annotation, parameter.getName()),
        name(annotation, isOnlyServer(parameter) ? ONLY_SERVER : parameter.getName()),
        "parameter %s of %s.%s"
            .formatted(
                parameter.isNamePresent() ? parameter.getName() : Integer.toString(number),
                method.getDeclaringClass().getSimpleName(),
                method.getName().substring(method.getName().lastIndexOf('.') + 1)));
  }

  private static boolean isOnlyServer(Parameter parameter) {
    Executable method = parameter.getDeclaringExecutable();
    return !parameter.isNamePresent()
        && Stream.of(method.getParameters()).filter(Declaration::isOn).count() == 1
        && AnnotationSupport.findAnnotatedFields(
                method.getDeclaringClass(), MockExchangeOnline.class)
            .isEmpty();
  }

  static boolean isOn(AnnotatedElement element) {
    return AnnotationSupport.isAnnotated(element, MockExchangeOnline.class);
  }

  private static MockExchangeOnline annotation(AnnotatedElement element) {
    return AnnotationSupport.findAnnotation(element, MockExchangeOnline.class).orElseThrow();
  }

  private static String name(MockExchangeOnline annotation, String otherwise) {
    return annotation.name().isEmpty() ? otherwise : annotation.name();
  }

  @Override
  public String toString() {
    return "@MockExchangeOnline on " + place;
  }
}
