//! Given names and the gender they usually tell, and short forms of given names.
//!
//! Source: written for this project from general knowledge (names common in English-language news from all continents);
//! no name is listed for a particular person.

/// Given names mostly of men, parted by white space.
pub(crate) const MEN: &str = "
Aaron Abbas Abdel Abdul Abdullah Abdulaziz Abe Abraham Abu Adam Adel Aditya Adnan Adrian Ahmad Ahmed Ahmet Ajay Akbar Akira
Al Alain Alan Albert Alberto Alejandro Aleksandr Aleksander Aleksei Alex Alexander Alexandre Alexei Alexey Alexis Alfred
Alfredo Ali Alistair Allan Allen Alvaro Amar Amin Amir Amit Amos Anatoly Anders Andre André Andreas Andrei Andrej Andres
Andrew Andrey Andrij Andriy Andrzej Andy Angel Angelo Angus Anil Anthony Antoine Anton Antonio António Antony Anwar Archie Ariel
Arjun Armando Arnaud Arnold Arthur Artur Arturo Arun Asad Ashok Ashraf Asif Atul Augusto Austin Avi Axel Ayman Aziz 
Barry Bart Bashar Basil Ben Benedict Benito Benjamin Benny Bernard Bernd Bernie Bert Bill Billy Bilal Bjorn Bob Bobby Bogdan
Boris Brad Bradley Brandon Brendan Brent Brett Brian Bruce Bruno Bryan Bryce Burak Burt Byron Caleb Calvin Cameron Carl
Carlo Carlos Cary Cedric Cesar César Chad Charles Charlie Chester Chris Christian Christoph Christophe Christopher Chuck Clarence
Claude Claudio Clay Clayton Cliff Clifford Clint Clinton Clive Clyde Cody Colin Connor Conrad Corey Cory Craig Curtis Cyril
Cyrus Dale Damian Damien Dan Daniel Daniele Danny Dante Darius Darren Darryl Daryl Dave David Davide Dean Deepak Dennis Denis
Denys Derek Derrick Desmond Devin Dick Didier Diego Dieter Dimitri Dirk Dmitri Dmitriy Dmitry Dmytro Dominic Dominique Don
Donald Donnie Doug Douglas Drew Duane Duncan Dustin Dusty Dwayne Dwight Dylan Earl Ed Eddie Edgar Eduardo Edmund Edward Edwin
Efraim Egor Ehud Eli Elias Elijah Elliot Elliott Elmer Emad Emanuel Emil Emilio Emmanuel Emmett Enrico Enrique Eric
Erik Ernest Ernesto Ernst Errol Esteban Ethan Eugene Evan Evgeny Fadi Fahad Faisal Farid Farouk Federico Felipe Felix Ferdinand
Fernando Fidel Filip Florian Floyd Francesco Francis Francisco Franco Francois François Frank Frankie Franklin Franz Fred
Freddie Frederick Frederic Gabriel Gareth Garry Gary Gavin Gene Geoff Geoffrey Georg George Georges Georgi Gerald Gerard
Gerardo Gerhard Gerry Giacomo Gideon Gilbert Gilberto Giorgio Giovanni Giulio Giuseppe Glen Glenn Gonzalo Gordon Graeme
Graham Grant Greg Gregg Gregor Gregory Grigory Guido Guillaume Guillermo Gunther Gus Gustavo Guy Habib Hamed Hamid Hamza
Hank Hans Harold Haroon Harry Harvey Hasan Hashim Hassan Hector Heinrich Heinz Helmut Hendrik Henri Henrik Henrique Henry
Herb Herbert Herman Hernan Hideo Hiroshi Horacio Horst Howard Hubert Hugh Hugo Humberto Hussein Husain Hussain Ian
Ibrahim Ignacio Igor Ihor Ilan Ilya Imad Imran Ian Iqbal Irving Isaac Isaiah Ishaq Ismail Itzhak Ivan Ivo Jack Jackson Jacob
Jacques Jaime Jake Jakob Jalal Jamal James Jamie Jan Janez Jared Jason Javad Javier Jawad Jay Jean Jeff Jeffery Jeffrey
Jens Jeremiah Jeremy Jermaine Jerome Jerry Jesse Jesus Jesús Jim Jimmie Jimmy Joachim Joao João Joaquin Jochen Joe Joel Joey
Johan Johann Johannes John Johnny Jon Jonah Jonas Jonathan Jordan Jorge José Jose Josef Joseph Josh Joshua Juan Jude Jules Julian
Julien Julio Julius Junaid Jürgen Jurgen Justin Kamal Kareem Karim Karl Kashif Keith Kelvin Ken Kendrick Kenichi Kenji
Kenneth Kenny Kent Kerry Kevin Khaled Khalid Khalil Kim Kirill Kirk Klaus Konrad Konstantin Kostas Krzysztof Kumar Kurt Kyle
Kyrylo Lance Larry Lars Laszlo László Laurence Laurent Lawrence Lee Leo Leon Leonard Leonardo Leonid Leopold Leroy Les
Leslie Lester Lewis Liam Linus Lionel Lloyd Logan Lorenzo Lou Louis Luc Luca Lucas Lucien Luigi Luis Luiz Lukas Luke Luther
Lyle Maciej Magnus Mahdi Mahmoud Mahmud Mahesh Malcolm Malik Manfred Manuel Marc Marcel Marcello Marcelo Marco Marcos
Marcus Marek Mario Marion Marius Mark Marko Marlon Marshall Martin Marty Marvin Massimo Mateo Mateusz Mathew Matt Matteo
Matthew Matthias Mattia Maurice Mauricio Maurizio Max Maxim Maxime Maximilian Maxwell Mehdi Mehmet Mel Melvin Micah Michael
Michal Micheal Michel Mickey Miguel Mihai Mikael Mike Mikhail Mikhael Miles Milan Milo Milos Milton Mitch Mitchell 
Mo Mohamad Mohamed Mohammad Mohammed Mohsen Moises Monty Morgan Morris Morten Moshe Muhammad Mukesh Munir Murad Murat
Murray Musa Mustafa Mykhailo Mykola Nabil Nadir Nadim Naseer Nasser Nate Nathan Nathaniel Navid Ned Neil Nelson Nestor
Neville Nicholas Nick Nicola Nicolae Nicolas Nicolás Niels Nigel Nikita Nikolai Nikolay Nikos Nils Noah Noam Noel Nolan Norbert
Norm Norman Octavio Oleg Oleh Oleksandr Oleksii Oleksiy Olaf Ole Oliver Olivier Omar Omer Orlando Oscar Oskar Osama Osman Otto
Owen Pablo Paddy Paolo Pascal Pat Patrice Patrick Paul Paulo Pavel Pavlo Pedro Percy Perry Petar Pete Peter Petr Petro Phil
Philip Philipp Philippe Phillip Pierre Pieter Pietro Piotr Pravin Pyotr Qasim Quentin Quincy Rafael Rafi Rahul Raj Rajesh
Rakesh Ralph Ramesh Ramiro Ramon Ramzi Randal Randall Randy Raoul Raphael Rashid Raul Raúl Ravi Ray Raymond 
Reed Reggie Reginald Reid Reinhard Rene René Reuben Rex Ricardo Riccardo Rich Richard Rick Ricky Robbie Robert Roberto
Robin Rocco Rod Roderick Rodney Rodolfo Rodrigo Roger Rogelio Rohan Roland Rolando Rolf Roman Romeo Ron Ronald Ronnie Rory
Ross Roy Ruben Rudolf Rudolph Rudy Rufus Rupert Ruslan Russ Russell Rustam Ryan Sadiq Saeed Said Salem Salim Salman Sam Sameer
Sami Sammy Samuel Sandeep Sanjay Santiago Saul Scott Sean Sebastian Sebastien Seif Selim Serge Sergei Sergey Sergio Serhii
Serhiy Seth Shane Shaun Shawn Sheldon Shimon Sidney Simon Slobodan Sohail Solomon Spencer Stan Stanislav Stanley Stefan
Stefano Stephan Stephane Stephen Sterling Steve Steven Stewart Stuart Sultan Sunil Suresh Sven Sylvester Syed Taha Taher Tahir
Takashi Tariq Taras Ted Teddy Terence Terrance Terrence Terry Thaddeus Theo Theodore Thierry Thomas Tim Timothy Tobias Toby
Todd Tom Tomas Tomasz Tommy Tony Travis Trent Trevor Tristan Troy Ty Tyler Tyrone Umar Umberto Uri Usman Vadim Valentin Valerio
Valery Vasily Vasyl Vernon Vic Vicente Victor Vijay Viktor Vikram Vince Vincent Vincenzo Vinod Virgil Vitali Vitalii Vitaly
Vito Vivek Vlad Vladimir Volodymyr Vyacheslav Waleed Walid Wallace Walt Walter Warren Wayne Wendell Werner Wes Wesley Wilbur
Wilfred Wilhelm Will Willem William Willie Willy Wolfgang Woodrow Xavier Yair Yan Yann Yannick Yasser Yasir Yevgeny Yitzhak
Yoav Yossi Youssef Yuri Yuriy Yury Yusuf Yves Zach Zachary Zack Zafar Zaid Zoltan Zvi
";

/// Given names mostly of women, parted by white space.
pub(crate) const WOMEN: &str = "
Abby Abigail Ada Adele Adriana Adrienne Agatha Agnes Aicha Aida Aileen Aimee Aisha Alana Alba Alejandra Aleksandra Alessandra
Alexa Alexandra Alexandria Alice Alicia Alina Alison Allison Alma Alyssa Amal Amanda Amara Amber Amelia Amina Amy Ana
Anastasia Andrea Angela Angelica Angelina Angie Anita Anja Anna Annabel Anne Annette Annie Antonia April Ariana Arlene Ashley
Astrid Audrey Aurora Ava Ayesha Azadeh Barbara Beata Beatrice Beatriz Becky Belinda Bernadette Beth Bethany Betsy
Bettina Betty Beverly Bianca Birgit Blanca Bonnie Brenda Bridget Brigitte Brittany Brooke Caitlin Camila Camilla Camille Candace
Cara Carla Carly Carmen Carol Carole Carolina Caroline Carolyn Carrie Cassandra Catalina Caterina Catherine Cathy Cecilia Cecile
Celeste Celia Chantal Charlene Charlotte Chelsea Cherie Cheryl Chiara Chloe Christa Christiane Christina Christine Christy
Cindy Claire Clara Clarissa Claudia Clementine Colette Colleen Connie Consuelo Corinne Cornelia Cristina Crystal Cynthia Dagmar
Daisy Dana Daniela Danielle Daphne Darlene Darya Dawn Debbie Deborah Debra Deirdre Delia Denise Desiree Diana Diane Dianne
Dina Dolores Dominica Donna Dora Doreen Doris Dorothy Edith Edna Eileen Elaine Eleanor Elena Eleni Elisa Elisabeth Eliza
Elizabeth Ella Ellen Ellie Eloise Elsa Elsie Elvira Emilia Emily Emma Erica Erika Erin Esmeralda Esperanza Estelle Esther
Ethel Eugenia Eunice Eva Evangeline Eve Evelyn Faith Farah Fatima Fatemeh Fay Faye Felicia Fiona Flora Florence Frances
Francesca Francine Francoise Françoise Frida Gabriela Gabrielle Gail Galina Genevieve Georgia Geraldine Gertrude Gillian Gina
Giorgia Giovanna Giulia Gladys Glenda Gloria Golda Grace Greta Gretchen Guadalupe Gudrun Gwen Gwendolyn Hala Halina Hana Hanan
Hanna Hannah Harriet Hazel Heather Heidi Helen Helena Helene Helga Henrietta Hilary Hilda Hillary Holly Hope Ilona Ilse Imelda
Ines Inga Ingrid Irena Irene Irina Iris Irma Isabel Isabella Isabelle Ivana Ivy Jackie Jacqueline Jamila Jana Jane
Janet Janice Janine Jasmine Jeanette Jeanne Jen Jenna Jennie Jennifer Jenny Jessica Jill Jo Joan Joanna Joanne Jocelyn Jodi
Josefina Josephine Joy Joyce Juanita Judith Judy Julia Juliana Julie Juliet Juliette June Justine Kamala Karen Karin Karina
Karla Kate Katerina Kateryna Katharina Katharine Katherine Kathleen Kathryn Kathy Katie Katja Katrina Katy Kayla Kaylee
Kelly Kendra Kerstin Kimberly Kirsten Kirstie Krista Kristen Kristi Kristin Kristina Kristine Kyra Lana Lara
Larisa Latoya Laura Lauren Laurie Lavinia Layla Lea Leah Leila Lena Leona Leonora Leticia Lidia Liesl Lila Lilia Lilian Lillian
Lily Lina Linda Lindsay Lindsey Lisa Liv Livia Liz Liza Lois Lola Loretta Lori Lorraine Louisa Louise Lourdes Lucia Lucille
Lucinda Lucy Ludmila Luisa Lydia Lynette Lynn Lynne Lyudmila Mabel Madeleine Madeline Madison Magdalena Maggie Maha 
Malgorzata Mandy Manuela Mara Marcela Marcia Margaret Margarita Margot Marguerite Maria María Mariam Marian Mariana Marianne
Marie Marina Marissa Marjorie Marlene Marsha Marta Martha Martina Mary Maryam Maryna Matilda Maud Maureen Maya Megan Meghan
Melanie Melinda Melissa Mercedes Meredith Mia Michaela Michelle Mila Mildred Millie Mimi Mina Mindy Mira Miranda
Miriam Mitzi Molly Mona Monica Monika Monique Muna Muriel Myra Myriam Nadia Nadine Nancy Naomi Natalia Nataliya Natalie
Natasha Nellie Nicole Nikki Nina Noor Nora Noreen Norma Oksana Olena Olga Olha Olive Olivia Orla Padma Paige Paloma
Pamela Patricia Patsy Patty Paula Paulette Pauline Pearl Peggy Penelope Penny Petra Phoebe Phyllis Pilar Polina Polly Pooja
Priscilla Priti Priya Rachel Raisa Ramona Rana Rania Raquel Rebecca Regina Renata Renee Rhonda Rita Roberta Robyn Rosa
Rosalind Rosario Rose Rosemary Roseanne Rosie Roxanne Ruby Ruth Sabina Sabine Sabrina Sadie Saira Sally Salma Samantha Samira
Sana Sandra Sandy Sara Sarah Sasha Savannah Selena Selma Serena Shannon Sharon Sheila Shelby Shelley Sheryl Shirin Shirley
Sigrid Silvia Simone Siobhan Sofia Sofie Sonia Sonja Sophia Sophie Stacey Stacy Stefanie Stella Stephanie Sue Sunita Susan
Susana Susanne Susie Suzanne Svetlana Sviatlana Sylvia Sylvie Tabitha Tamara Tammy Tania Tanya Tara Tatiana Tatyana Teresa
Tereza Tess Thelma Theresa Tiffany Tina Toni Tonya Tracey Tracy Trisha Trudy Ulrike Ursula Usha Valentina Valerie Vanessa
Vera Verena Veronica Veronika Vicki Vicky Victoria Viktoria Violet Virginia Viviana Vivian Vivienne Wanda Wendy Wilma Winifred
Xiomara Yael Yana Yasmin Yasmine Yekaterina Yelena Yolanda Yoko Yulia Yuliya Yvette Yvonne Zahra Zainab Zara Zeinab Zelda Zoe
";

/// Short forms and the names they stand for; each line one group.
pub(crate) const NICKNAMES: &[&[&str]] = &[
    &["abigail", "abby"],
    &["abraham", "abe"],
    &["albert", "al", "bert"],
    &["alexander", "alex", "sandy", "sasha", "alec"],
    &["alexandra", "alex", "sandra", "sasha"],
    &["alfred", "alf", "fred"],
    &["amanda", "mandy"],
    &["andrew", "andy", "drew"],
    &["anthony", "antony", "tony"],
    &["archibald", "archie"],
    &["arthur", "art"],
    &["augustus", "gus"],
    &["barbara", "barb"],
    &["benjamin", "ben", "benny"],
    &["bernard", "bernie"],
    &["bradley", "brad"],
    &["caroline", "carrie"],
    &["catherine", "cathy", "kate", "katie"],
    &["charles", "charlie", "chuck", "chas"],
    &["christine", "chris", "christina"],
    &["christopher", "chris", "kit"],
    &["clifford", "cliff"],
    &["cynthia", "cindy"],
    &["daniel", "dan", "danny"],
    &["david", "dave"],
    &["deborah", "debbie", "debra"],
    &["donald", "don", "donnie"],
    &["dorothy", "dot", "dottie"],
    &["douglas", "doug"],
    &["edward", "ed", "eddie", "ted", "ned"],
    &["eleanor", "ellie", "nell"],
    &["elizabeth", "liz", "beth", "betsy", "betty", "eliza", "lizzie", "libby"],
    &["emmanuel", "manny"],
    &["eugene", "gene"],
    &["franklin", "frank"],
    &["frances", "fran"],
    &["francis", "frank"],
    &["frederick", "fred", "freddie"],
    &["gabriel", "gabe"],
    &["geoffrey", "geoff", "jeff"],
    &["gerald", "gerry", "jerry"],
    &["gregory", "greg"],
    &["harold", "hal", "harry"],
    &["henry", "harry", "hank"],
    &["herbert", "herb"],
    &["howard", "howie"],
    &["isaac", "ike"],
    &["jacob", "jake"],
    &["jacqueline", "jackie"],
    &["james", "jim", "jimmy", "jamie"],
    &["jeffrey", "jeff"],
    &["jennifer", "jen", "jenny"],
    &["jeremiah", "jerry"],
    &["jessica", "jess"],
    &["john", "jack", "johnny", "jon"],
    &["jonathan", "jon"],
    &["joseph", "joe", "joey"],
    &["joshua", "josh"],
    &["judith", "judy"],
    &["katherine", "kate", "kathy", "katie", "kathryn"],
    &["kenneth", "ken", "kenny"],
    &["kimberly", "kim"],
    &["lawrence", "larry"],
    &["leonard", "len", "leo"],
    &["leslie", "les"],
    &["louis", "lou"],
    &["lucille", "lucy"],
    &["madeleine", "maddie"],
    &["margaret", "maggie", "meg", "peggy", "marge"],
    &["martin", "marty"],
    &["matthew", "matt"],
    &["maximilian", "max"],
    &["megan", "meg"],
    &["melvin", "mel"],
    &["michael", "mike", "mick", "mickey"],
    &["mitchell", "mitch"],
    &["nancy", "nan"],
    &["nathaniel", "nathan", "nat", "nate"],
    &["nicholas", "nick", "nicky"],
    &["norman", "norm"],
    &["oliver", "ollie"],
    &["pamela", "pam"],
    &["patricia", "pat", "patty", "tricia"],
    &["patrick", "pat", "paddy"],
    &["peter", "pete"],
    &["philip", "phil", "phillip"],
    &["randall", "randy"],
    &["raymond", "ray"],
    &["rebecca", "becky"],
    &["reginald", "reg", "reggie"],
    &["richard", "dick", "rich", "rick", "ricky"],
    &["robert", "bob", "bobby", "rob", "robbie", "bert"],
    &["roderick", "rod"],
    &["ronald", "ron", "ronnie"],
    &["rudolph", "rudy"],
    &["russell", "russ"],
    &["samantha", "sam"],
    &["samuel", "sam", "sammy"],
    &["sandra", "sandy"],
    &["sebastian", "seb"],
    &["sidney", "sid"],
    &["stanley", "stan"],
    &["stephanie", "steph"],
    &["stephen", "steve", "steven"],
    &["stuart", "stu"],
    &["susan", "sue", "susie", "suzanne"],
    &["terence", "terry"],
    &["theodore", "ted", "teddy", "theo"],
    &["theresa", "terri", "tess"],
    &["thomas", "tom", "tommy"],
    &["timothy", "tim"],
    &["valerie", "val"],
    &["victor", "vic"],
    &["victoria", "vicky", "vicki", "tori"],
    &["vincent", "vince", "vinnie"],
    &["virginia", "ginny"],
    &["walter", "walt", "wally"],
    &["wesley", "wes"],
    &["william", "bill", "billy", "will", "liam"],
    &["zachary", "zach", "zack"],
];
