package io.mockexo.client.matrix;

/** The clients of the matrix. */
enum Sender {
  POSTFIX("Postfix"),
  EXIM("Exim"),
  OPENSMTPD("OpenSMTPD"),
  MSMTP("msmtp"),
  SWAKS("swaks"),
  CURL("curl"),
  NODEMAILER("Nodemailer"),
  SMTPLIB("smtplib"),
  JAKARTA_MAIL("Jakarta Mail");

  private final String title;

  Sender(String title) {
    this.title = title;
  }

  Client client() {
    return switch (this) {
      case POSTFIX -> new PostfixServer();
      case EXIM -> new EximServer();
      case OPENSMTPD -> new OpenSmtpdServer();
      case MSMTP -> new Msmtp();
      case SWAKS -> new Swaks();
      case CURL -> new Curl();
      case NODEMAILER -> new Nodemailer();
      case SMTPLIB -> new Smtplib();
      case JAKARTA_MAIL -> new JakartaMail();
    };
  }

  @Override
  public String toString() {
    return title;
  }
}
